import Ledger
import ServiceRuntime

/// The ingest service: takes events and files in, and derives movements from documents.
public enum IngestService {
  /// The service's stages.
  ///
  /// - Parameter limits: how long goods may stay.
  public static func stages(limits: TimeLimits = .law) -> [Stage] {
    [IntakeHandler.stage, DocumentsHandler.stage(limits: limits)]
  }
}
