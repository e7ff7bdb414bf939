import type { secretsEn } from './secret-words-en.ts'

/** What people read about keys, passphrases and signers, in Vietnamese. */
export const secretsVi: typeof secretsEn = {
  passphraseWeak: (min) =>
    `cụm mật khẩu mới cần ít nhất ${min} ký tự, và không phải loại ai cũng đoán trước tiên`,
  passphraseWeakHow: 'hãy dùng ba bốn từ không liên quan đến nhau',
  newPassphrase: 'Cụm mật khẩu mới: ',
  changed: (file) => `${file} đã có cụm mật khẩu mới`,
  weakSeal: 'cụm mật khẩu này dễ đoán: ai đoán được sẽ biết mã ẩn của đợt in',
  openToOthers: (file) => `người dùng khác mở được ${file}; hãy giữ cho riêng mình: chmod 600 ${file}`,
}
