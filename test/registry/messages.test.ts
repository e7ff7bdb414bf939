import { describe, expect, test } from 'vitest'
import { explainFault } from '../../src/registry/messages.ts'
import { messagesEn } from '../../src/registry/messages-en.ts'
import { messagesVi } from '../../src/registry/messages-vi.ts'
import { faultsOf, notesOf } from './files.ts'

describe('what is said of a registry', () => {
  test('has words of its own in both languages for every reason', () => {
    expect(Object.keys(messagesVi).sort()).toEqual(Object.keys(messagesEn).sort())
    const facts = { columns: ['id'], letters: ['U+200B'], name: 'id', key: 'GTIN', line: 3 }
    for (const reason of Object.keys(messagesEn)) {
      const fault = { reason, facts } as unknown as Parameters<typeof explainFault>[0]
      const [english, vietnamese] = [explainFault(fault, 'en'), explainFault(fault, 'vi')]
      expect(english, reason).toMatch(/^[A-Z].*\.$/)
      expect(vietnamese, reason).toMatch(/^\p{Lu}.*[đảạãáàăâêôơưếệểềốộồớợủụứựịỉ].*[.?]$/iu)
      expect(vietnamese, reason).not.toMatch(/\b(the|row|column|line|of|is|has)\b/)
    }
  })

  test('names the facts in Vietnamese as in English', () => {
    const products = 'id,facility,name,gtin,stars,image\n1,1,Na dai,36000291452,,\n1,1,"a\nb",8.93E+12,,\n'
    const faults = faultsOf(undefined, products)
    for (const fault of faults) expect(explainFault(fault, 'en')).toBe(fault.message)
    expect(faults.map((fault) => explainFault(fault, 'vi'))).toEqual([
      'Có lẽ bảng tính đã bỏ số 0 ở đầu: thêm vào thì thành GTIN 036000291452. Hãy định dạng cột là văn bản rồi gõ lại.',
      'Dòng 2 đã có mã này.',
      'Có dấu xuống dòng hoặc tab ở ký tự thứ 2: hãy viết trên một dòng.',
      'Bảng tính đã đổi mã GTIN này thành số và làm tròn: hãy định dạng cột là văn bản rồi gõ lại đủ các chữ số.',
    ])
    const [note] = notesOf('id,name,gln,address\n1,Bến\u200b Gió,,\n', 'id,facility,name,gtin,stars,image\n')
    expect(explainFault(note!, 'vi')).toBe('Đã bỏ các ký tự không nhìn thấy: U+200B.')
  })
})
