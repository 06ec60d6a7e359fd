import Foundation
import ReportingRules
import ReportingService
import ServiceRuntime

/// Writes the reports on a thread of its own, so that a signal is heard meanwhile.
struct ReportRun: Sendable {
  let export: ReportExport
  let folder: String
  var format = ReportFormat.csv
  let line: ProgressLine

  /// Writes the reports.
  ///
  /// - Throws: what the stores or the folder fail with; ``Interruption`` on a signal, where reports
  ///   written earlier stay as they are.
  func run(until interruptions: Interruptions? = nil) async throws -> ExportSummary {
    try await withThrowingTaskGroup(of: ExportSummary?.self) { tasks in
      tasks.addTask { try await write() }
      if let interruptions {
        tasks.addTask {
          guard let signal = await interruptions.wait() else { return nil }
          // The writing does not hear of a cancellation. What it has not finished stays under
          // other names.
          Standard.error("saldo: \(Interruption(signal: signal))")
          _exit(Interruption(signal: signal).exitCode)
        }
      }
      while let ended = try await tasks.next() {
        guard let summary = ended else { continue }
        tasks.cancelAll()
        return summary
      }
      throw CancellationError()
    }
  }

  private func write() async throws -> ExportSummary {
    try await OwnThread.run { _ in
      try export.write(to: folder, as: format) { file, rows in line.show("\(file): \(rows) rows") }
    }
  }
}
