import type { secretsEn } from './secret-words-en.ts'

/** What is told about keys, passphrases and signers, in Vietnamese. */
export const secretsVi: typeof secretsEn = {
  passphraseWeak: (min) =>
    `cụm mật khẩu mới cần ít nhất ${min} ký tự, và không phải loại ai cũng đoán trước tiên`,
  passphraseWeakHow: 'hãy dùng ba bốn từ không liên quan đến nhau',
  weakSeal: 'cụm mật khẩu này dễ đoán: ai đoán được sẽ biết mã ẩn của đợt in',
  openToOthers: (file) => `người dùng khác mở được ${file}; hãy giữ cho riêng mình: chmod 600 ${file}`,
  noSigner: (file) => `không chạy được ${file}, chương trình ký thay tệp khóa`,
  signerEnded: (file, exit, line) =>
    `${file} không ký: kết thúc với mã ${exit}${line && `, và báo: ${line}`}`,
  signerHow: 'xem mục commands trong veristamp.json, và chạy thử riêng chương trình đó',
}
