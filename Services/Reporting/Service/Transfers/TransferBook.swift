import Messages
import ReportingRules

/// The virtual transfers of a data folder, as they stand while the services run.
public struct TransferBook {
  private let stores: ReportStores

  /// Opens the stores of a data folder.
  ///
  /// - Throws: ``ReportingError``.
  public init(dataDirectory: String) throws {
    stores = try ReportStores(dataDirectory: dataDirectory)
  }

  /// Hands over every transfer, by ascending id.
  public func forEach(_ body: (TransferState) throws -> Void) throws {
    let sql = "SELECT id, body FROM transfer WHERE body IS NOT NULL ORDER BY id"
    var merged = MergedRows(try stores[.transfers].map { try RowCursor($0, sql, keys: 1) })
    var reader = MessageReader<TransferState>()
    try merged.forEach { row in try body(reader.read(row.bytes(1))) }
  }

  /// Some transfers by ascending id, those after an id; fewer only where there are no more.
  public func transfers(after id: String, atMost count: Int) throws -> [TransferState] {
    let sql = """
      SELECT id, body FROM transfer WHERE body IS NOT NULL AND id > ?1 ORDER BY id LIMIT \(count)
      """
    var merged = MergedRows(try stores[.transfers].map { try RowCursor($0, sql, keys: 1, [id]) })
    var reader = MessageReader<TransferState>()
    var found: [TransferState] = []
    try merged.forEach { row in
      if found.count < count { found.append(try reader.read(row.bytes(1))) }
    }
    return found
  }

  /// The transfers of an id, or of a document's number.
  public func transfers(of name: String) throws -> [TransferState] {
    try read(
      """
      SELECT id, body FROM transfer WHERE body IS NOT NULL AND id = ?1
      UNION
      SELECT t.id, t.body FROM side s JOIN transfer t ON t.id = s.transfer
      WHERE s.pedimento = ?1 ORDER BY 1
      """, [name])
  }

  /// Whether a company's document is known as a side of some transfer.
  public func knows(_ document: TransferDocument, as role: TransferRole) throws -> Bool {
    try !read(
      """
      SELECT t.id, t.body FROM side s JOIN transfer t ON t.id = s.transfer
      WHERE s.rfc = ?1 AND s.pedimento = ?2 AND s.role = ?3
      """, [document.rfc, document.pedimento, role.word]
    ).isEmpty
  }

  private func read(_ sql: String, _ parameters: [String]) throws -> [TransferState] {
    var reader = MessageReader<TransferState>()
    var found: [TransferState] = []
    for store in stores[.transfers] {
      try store.forEachRow(sql, parameters) { found.append(try reader.read($0.bytes(1))) }
    }
    return found
  }
}
