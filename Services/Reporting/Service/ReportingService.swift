import GRDB
import Messages
import ServiceRuntime
import Store

/// The read models: each stage follows one topic and keeps what the reports ask for.
public enum ReportingService {
  /// The service's name, in paths and logs.
  static let name = "reporting"

  /// The stages, which send nothing.
  public static func stages() -> [Stage] {
    [
      stage(.ledger, .ledger, LedgerTables.migrations) { db, _ in try LedgerHandler(db) },
      stage(.records, .records, RecordTables.migrations) { _, _ in RecordsHandler() },
      stage(.catalog, .catalog, CatalogTables.migrations) { _, _ in CatalogHandler() },
      stage(.rejected, .rejected, RejectedTables.migrations) { _, _ in RejectedHandler() },
    ]
  }

  private static func stage(
    _ name: ReadModel, _ input: Topic, _ migrations: [StoreMigration],
    _ makeHandler: @escaping @Sendable (Database, StageContext) throws -> any StageHandler
  ) -> Stage {
    Stage(
      service: Self.name, name: name.rawValue, input: input.rawValue, outputs: [],
      migrations: migrations, makeHandler: makeHandler)
  }
}

/// The stages of the service, by the names that their stores carry.
enum ReadModel: String, CaseIterable, Sendable {
  case ledger, records, catalog, rejected

  /// The layout that a store of this program has.
  var layout: Int {
    switch self {
    case .ledger: 1 + LedgerTables.migrations.count
    case .records: 1 + RecordTables.migrations.count
    case .catalog: 1 + CatalogTables.migrations.count
    case .rejected: 1 + RejectedTables.migrations.count
    }
  }
}
