import Messages
import ReportingRules
import ServiceRuntime

/// Sends the rows of the ledger stage to the report topics.
struct LedgerRowsSink: LedgerRowsOutput {
  /// Where the messages of the step go; lent for each record.
  var output = StepOutput(topics: [], partitions: [:])

  // The places of `LedgerHandler.outputs`.
  private static let report = 0
  private static let balances = 1

  mutating func send(_ row: PostingRow) {
    output.send(
      to: Self.report,
      writingKey: { BookKey.write(plant: row.plant, part: row.part, to: &$0) },
      { row.write(to: &$0) })
  }

  mutating func send(_ row: ShortageRow) {
    output.send(
      to: Self.report,
      writingKey: { BookKey.write(plant: row.plant, part: row.part, to: &$0) },
      { row.write(to: &$0) })
  }

  mutating func send(_ row: ReceiptRow) {
    output.send(
      to: Self.report,
      writingKey: { BookKey.write(plant: row.plant, part: row.part, to: &$0) },
      { row.write(to: &$0) })
  }

  mutating func send(_ row: BalanceRow) {
    output.send(to: Self.balances, key: row.row) { row.write(to: &$0) }
  }

  mutating func remove(balance key: String) { output.remove(from: Self.balances, key: key) }
}
