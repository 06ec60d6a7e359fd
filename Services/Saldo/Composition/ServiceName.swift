import DischargeService
import IngestService
import Ledger
import Messages
import ReportingService
import ServiceRuntime
import TransferService

/// The services, by the names that their commands, folders and groups carry.
public enum ServiceName: String, Sendable, CaseIterable {
  case ingest, discharge, transfer, reporting

  /// The service's stages.
  ///
  /// - Parameters:
  ///   - limits: how long goods may stay.
  ///   - pairingDays: how many days may lie between the documents of a virtual transfer that are
  ///     paired by their goods, as the log says; nil for what the stores began with.
  ///   - publishing: whether reporting sends rows to the report topics.
  ///   - rules: the version of the rules that they go by. Each has groups of its own: how far those
  ///     of an earlier one have come says nothing of what is made anew.
  func stages(
    limits: TimeLimits, pairingDays: Int32? = nil, publishing: Bool = false,
    rules: UInt32 = RulesVersion.current
  ) -> [Stage] {
    let stages =
      switch self {
      case .ingest: IngestService.stages(limits: limits)
      case .discharge: DischargeService.stages()
      case .transfer: TransferService.stages(pairingDays: pairingDays)
      case .reporting: ReportingService.stages(publishing: publishing)
      }
    return stages.map { stage in
      var stage = stage
      stage.rules = rules
      stage.group = Self.group(stage.group, under: rules)
      return stage
    }
  }

  /// The group that instances of a stage join, by the stage's own name for it: each version of the
  /// rules has one of its own.
  public static func group(_ name: String, under rules: UInt32 = RulesVersion.current) -> String {
    rules > 1 ? "\(name).rules-\(rules)" : name
  }
}
