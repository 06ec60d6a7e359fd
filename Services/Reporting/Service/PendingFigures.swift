import ServiceRuntime

/// How many facts wait and how many are rejected, for the metrics: small tables, read while the
/// services run. Where reporting is spread over processes, each speaks of its own partitions.
public struct PendingFigures: FigureSource {
  private let dataDirectory: String

  /// The figures of a data folder.
  public init(dataDirectory: String) { self.dataDirectory = dataDirectory }

  /// The figures as they are now; none where there are no stores yet.
  ///
  /// - Throws: ``ReportingError``.
  public func figures() async throws -> [Metric: Int64] {
    try await ProcessThreads.disk.run { [dataDirectory] in try Self.figures(dataDirectory) }
  }

  private static func figures(_ dataDirectory: String) throws -> [Metric: Int64] {
    let stores: ReportStores
    do {
      stores = try ReportStores(dataDirectory: dataDirectory, models: [.records, .rejected])
    } catch ReportingError.noStores {
      return [:]
    }
    return [
      .waiting: try stores.sum(.records, "SELECT count(*) FROM pending WHERE rejected = 0"),
      .rejected: try stores.sum(.records, "SELECT count(*) FROM pending WHERE rejected = 1")
        + stores.sum(.rejected, "SELECT count(*) FROM event WHERE provisional = 0"),
    ]
  }
}
