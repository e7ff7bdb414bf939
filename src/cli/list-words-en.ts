/** What is told about signing lists, in English. */
export const listsEn = {
  busy: (pid: string, host: string) => `process ${pid} on ${host} is working on this project’s lists`,
  busyHow: (file: string) =>
    `wait until it is done, or answer its question; only if it is gone for sure, remove ${file}`,
  existsHow: 'signed lists are never replaced. Put back the lists that are missing, or move this file away',
}
