import Messages

extension ReceiptRow {
  /// What an entry of the ledger says was received by the document of a move: one row a unit.
  ///
  /// - Parameters:
  ///   - book: the number of the entry's book, in the order in which the partition named them.
  ///   - partition: of the ledger.
  ///   - version: greater than that of every earlier entry of the partition.
  static func of(
    _ entry: LedgerEntry, book: Int64, partition: Int32, version: Int64
  ) -> [ReceiptRow] {
    guard let receipts = entry.receipts else { return [] }
    return receipts.sums.map { sum in
      ReceiptRow(
        document: receipts.document, latest: receipts.latest, part: entry.part,
        plant: entry.plant, quantity: sum.quantity, received: entry.received,
        row: "receipt/\(partition)/\(book)/\(sum.uom.code)/\(receipts.document)", uom: sum.uom,
        version: version)
    }
  }
}
