import Foundation
import Ledger

/// The stores of the service in a data folder, each as it stands at one moment.
struct ReportStores {
  private var stores: [ReadModel: [ReadOnlyStore]] = [:]

  /// Opens every partition's store that there is.
  ///
  /// - Parameters:
  ///   - models: the read models that are wanted.
  ///   - asOf: the day as of which the books are read; nil for as they stand.
  /// - Throws: ``ReportingError/noStores(_:)`` where there is none: a wrong folder must not pass
  ///   for empty books.
  init(
    dataDirectory: String, models: Set<ReadModel> = Set(ReadModel.allCases),
    asOf day: CalendarDate? = nil
  ) throws {
    let folder = dataDirectory + "/" + ReportingService.name
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw ReportingError.noStores(dataDirectory)
    }
    var found: [(model: ReadModel, partition: Int32, name: String)] = []
    for name in names {
      guard name.hasSuffix(".sqlite") else { continue }
      let stem = name.dropLast(".sqlite".count)
      guard let dash = stem.lastIndex(of: "-"),
        let model = ReadModel(rawValue: String(stem[..<dash])), models.contains(model),
        let partition = Int32(stem[stem.index(after: dash)...])
      else { continue }
      found.append((model, partition, name))
    }
    guard !found.isEmpty else { throw ReportingError.noStores(dataDirectory) }
    for item in found.sorted(by: { $0.partition < $1.partition }) {
      let store = try ReadOnlyStore(
        path: folder + "/" + item.name, partition: item.partition, model: item.model,
        asOf: day)
      if let store { stores[item.model, default: []].append(store) }
    }
  }

  /// The stores of one read model, by ascending partition.
  subscript(_ model: ReadModel) -> [ReadOnlyStore] { stores[model] ?? [] }

  /// What of the log every store says: the same marks, the same rows.
  func marks() throws -> [String] {
    try stores.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { model, stores in
      try stores.map { store in
        var mark = "\(model.rawValue)-\(store.partition) \(try store.single(Self.position))"
        try store.forEachRow("SELECT key, value FROM stage ORDER BY key") { row in
          mark += " \(row.text(0))=\(row.text(1))"
        }
        return mark
      }
    }
  }

  private static let position = "SELECT next FROM position"

  /// The sum of what a query of one integer answers in every store of a read model.
  func sum(_ model: ReadModel, _ sql: String) throws -> Int64 {
    try self[model].reduce(0) { try $0 + $1.single(sql) }
  }
}
