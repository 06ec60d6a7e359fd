import Messages
import SQLite
import ServiceRuntime
import Store

/// The read models: each stage follows one topic and keeps what the reports ask for.
public enum ReportingService {
  /// The service's name, in paths and logs.
  static let name = "reporting"

  /// The stages.
  ///
  /// - Parameter publishing: whether to send rows to the report topics, from the first message on:
  ///   stores that were kept without cannot begin with it.
  public static func stages(publishing: Bool = false) -> [Stage] {
    [
      stage(
        .ledger, to: publishing ? LedgerHandler.outputs : [], LedgerTables.migrations,
        // A posting comes to three rows of its own size.
        weight: publishing ? 3 : 1
      ) { db, context in
        try Publishing.check(db, wanted: publishing)
        return try LedgerHandler(db, context, publishing: publishing)
      },
      stage(
        .records, to: publishing ? [.report] : [], RecordTables.migrations
      ) { db, _ in
        try Publishing.check(db, wanted: publishing)
        return RecordsHandler(publishing: publishing)
      },
      stage(.catalog, CatalogTables.migrations) { _, _ in CatalogHandler() },
      stage(.rejected, RejectedTables.migrations) { _, _ in RejectedHandler() },
      stage(.transfers, TransferTables.migrations) { _, _ in TransfersHandler() },
    ]
  }

  private static func stage(
    _ model: ReadModel, to outputs: [Topic] = [], _ migrations: [StoreMigration],
    weight: Int = 1,
    _ makeHandler: @escaping @Sendable (Connection, StageContext) throws -> any StageHandler
  ) -> Stage {
    Stage(
      service: Self.name, name: model.rawValue, input: model.input.rawValue,
      outputs: outputs.map(\.rawValue), migrations: migrations, weight: weight,
      makeHandler: makeHandler)
  }
}

/// The stages of the service, by the names that their stores carry.
enum ReadModel: String, CaseIterable, Sendable {
  case ledger, records, catalog, rejected, transfers

  /// The topic that it follows.
  var input: Topic {
    switch self {
    case .ledger: .ledger
    case .records: .records
    case .catalog: .catalog
    case .rejected: .rejected
    case .transfers: .transfers
    }
  }

  /// The layout that a store of this program has.
  var layout: Int {
    switch self {
    case .ledger: StageStore.layout(LedgerTables.migrations)
    case .records: StageStore.layout(RecordTables.migrations)
    case .catalog: StageStore.layout(CatalogTables.migrations)
    case .rejected: StageStore.layout(RejectedTables.migrations)
    case .transfers: StageStore.layout(TransferTables.migrations)
    }
  }
}
