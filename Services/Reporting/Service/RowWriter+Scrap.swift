import Ledger
import ReportingRules

extension RowWriter {
  mutating func scrap(_ row: RowCursor, _ cells: inout ReportRows) {
    taxpayer(row.bytes(0), &cells) { $0.company(ofPlant: $1) }
    for column: Int32 in 0..<4 { cells.text(utf8: row.bytes(column)) }
    cells.date(date(row, 4))
    cells.date(date(row, 5))
    cells.quantity(sum: row.sum(6))
    cells.quantity(sum: row.sum(7))
    cells.quantity(sum: row.sum(6) - row.sum(7))
    cells.text(names.unit(ofPart: row.bytes(1)))
    cells.money(sum: row.sum(8))
    cells.money(sum: row.sum(8) - row.sum(9))
  }

  mutating func disposal(_ row: RowCursor, _ cells: inout ReportRows) {
    taxpayer(row.bytes(0), &cells) { $0.company(ofPlant: $1) }
    for column: Int32 in 0..<6 { cells.text(utf8: row.bytes(column)) }
    cells.text(utf8: row.bytes(7))
    cells.date(date(row, 8))
    cells.date(date(row, 9))
    cells.quantity(sum: row.sum(10))
    cells.quantity(sum: row.sum(11))
    cells.text(names.unit(ofPart: row.bytes(3)))
    cells.money(sum: row.sum(12))
  }

  mutating func destruction(_ row: RowCursor, _ cells: inout ReportRows) {
    let company = names.company(ofPlant: row.bytes(0))
    let act = notices.act(row.text(1), of: company.rfc)
    let destroyedOn = date(row, 8)
    let days = act?.noticedOn.flatMap { notice in
      destroyedOn.map { NoticeStanding.days(from: notice, to: $0) }
    }
    cells.text(company.rfc)
    cells.text(company.name)
    for column: Int32 in 0..<7 { cells.text(utf8: row.bytes(column)) }
    cells.date(destroyedOn)
    cells.text(act?.folio ?? "")
    cells.date(act?.noticedOn)
    // A number, though negative where the notice came after the act.
    if let days { cells.quantity(Int64(days) * 1_000_000) } else { cells.text("") }
    cells.text(NoticeStanding(days: days, required: noticeDays).rawValue)
    cells.date(date(row, 9))
    cells.quantity(sum: row.sum(10))
    cells.quantity(sum: row.sum(11))
    cells.text(names.unit(ofPart: row.bytes(3)))
    cells.money(sum: row.sum(12))
  }
}
