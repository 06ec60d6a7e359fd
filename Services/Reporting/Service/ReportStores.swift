import Foundation
import Ledger
import Messages
import SQLite
import Store

/// The stores of the service in a data folder, each as it stands at one moment.
struct ReportStores {
  private var stores: [ReadModel: [ReadOnlyStore]] = [:]

  /// Opens every partition's store that there is.
  ///
  /// - Parameters:
  ///   - models: the read models that are wanted.
  ///   - asOf: the day as of which the books are read; nil for as they stand.
  ///   - rules: the version that must have made them; nil for any.
  /// - Throws: ``ReportingError/noStores(_:)`` where there is none: a wrong folder must not pass
  ///   for empty books.
  init(
    dataDirectory: String, models: Set<ReadModel> = Set(ReadModel.allCases),
    asOf day: CalendarDate? = nil, rules: UInt32? = RulesVersion.current
  ) throws {
    guard !InUseMark.isOfAnotherFolder(dataDirectory) else {
      throw ReportingError.liveCopy(dataDirectory)
    }
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
    try Self.check(models, found.map { ($0.model, $0.partition) }, dataDirectory)
    for item in found.sorted(by: { $0.partition < $1.partition }) {
      let store = try ReadOnlyStore(
        path: folder + "/" + item.name, partition: item.partition, model: item.model,
        asOf: day, rules: rules)
      if let store { stores[item.model, default: []].append(store) }
    }
  }

  /// Whether no store is gone: in a folder with a log of its own, and while nobody works on it,
  /// each partition that has records has a store.
  private static func check(
    _ models: Set<ReadModel>, _ found: [(ReadModel, Int32)], _ dataDirectory: String
  ) throws {
    guard !StoreFile.isLocked("\(dataDirectory)/log/log~lock") else { return }
    for model in models.sorted(by: { $0.rawValue < $1.rawValue }) {
      let names = try? FileManager.default.contentsOfDirectory(
        atPath: "\(dataDirectory)/log/\(model.input.rawValue)")
      for name in names ?? [] where name.hasSuffix(".sqlite") {
        guard let partition = Int32(name.dropLast(".sqlite".count)),
          !found.contains(where: { $0 == (model, partition) }),
          try hasRecords("\(dataDirectory)/log/\(model.input.rawValue)/\(name)")
        else { continue }
        throw ReportingError.missing(
          "\(dataDirectory)/\(ReportingService.name)/\(model.rawValue)-\(partition).sqlite")
      }
    }
  }

  /// Whether a file of the log holds anything: it is made a moment before its first record.
  private static func hasRecords(_ path: String) throws -> Bool {
    do {
      let db = try Connection(path: path, .read)
      let table = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'batches')"
      guard try db.scalar(table) == true else { return false }
      return try db.scalar("SELECT EXISTS (SELECT 1 FROM batches)") == true
    } catch {
      throw ReportingError.failed("\(path): \(error)")
    }
  }

  /// The stores of one read model, by ascending partition.
  subscript(_ model: ReadModel) -> [ReadOnlyStore] { stores[model] ?? [] }

  /// Leaves out what is of days after one, where that is not nil.
  func leaveOut(after day: CalendarDate?) throws {
    guard let day else { return }
    for (model, stores) in stores {
      for store in stores { try store.leaveOut(after: day, model) }
    }
  }

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
