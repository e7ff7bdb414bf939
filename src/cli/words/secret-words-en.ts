/** What people read about keys, passphrases and signers, in English. */
export const secretsEn = {
  passphraseWeak: (min: number) =>
    `a new passphrase has at least ${min} characters, and is not the first that people try`,
  passphraseWeakHow: 'take three or four words that don’t belong together',
  newPassphrase: 'New passphrase: ',
  changed: (file: string) => `${file} has the new passphrase`,
  weakSeal: 'the passphrase is easy to guess: anyone who guesses it knows the hidden codes of this run',
  openToOthers: (file: string) => `other users can open ${file}; keep it to yourself: chmod 600 ${file}`,
}
