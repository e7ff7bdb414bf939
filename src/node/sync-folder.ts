import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Makes a folder's new names durable. Windows keeps names so by itself, and opens no folders. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
