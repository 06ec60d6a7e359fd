import IngestFiles
import IngestService
import Ledger
import ReportingService

/// What files would come to, for people and for programs.
struct CheckOutcome: Encodable, Sendable {
  /// A file: what it holds, or why it cannot be read.
  struct File: Encodable, Sendable {
    var file: String
    var format: String?
    var accepted = 0
    var rejected = 0
    var errors: [EventFault] = []
    /// What would be left out.
    var leftOut: [String] = []
    var error: String?
  }

  var files: [File] = []
  private(set) var documents: Int64 = 0
  private(set) var lots: Int64 = 0
  private(set) var waiting: Int64 = 0
  private(set) var rejected: Int64 = 0
  /// The first of the facts that would not be in the books.
  private(set) var pending: [PendingRows.Row] = []

  /// Adds what the books would hold.
  mutating func add(_ totals: ReportTotals, _ rows: [PendingRows.Row]) {
    (documents, lots) = (Int64(totals.documents), Int64(totals.lots))
    (waiting, rejected) = (Int64(totals.waiting), Int64(totals.rejected))
    pending = rows
  }

  /// Prints it to standard output, for people.
  func show() {
    for file in files where file.error == nil {
      Standard.output(
        "\(file.file): \(file.format ?? ""), \(file.accepted) accepted, \(file.rejected) rejected")
      for fault in file.errors { Standard.output(VisibleText.line("  \(fault)")) }
      for text in file.leftOut { Standard.output(VisibleText.line("  left out: \(text)")) }
    }
    Standard.output("would be in the books: \(documents) documents, \(lots) lots")
    Standard.output("would wait: \(waiting)")
    Standard.output("would be rejected: \(rejected)")
    for row in pending {
      let id = row.id.isEmpty ? "" : " (id \(row.id))"
      Standard.output(VisibleText.line("  \(row.reason)\(id)"))
    }
  }
}

extension CheckOutcome.File {
  /// What was taken of a file.
  init(_ path: String, _ loaded: FileLoader.Loaded) {
    self.init(
      file: path, format: loaded.summary.format.name, accepted: loaded.counts.accepted,
      rejected: loaded.counts.rejected, errors: loaded.counts.errors,
      leftOut: loaded.summary.notes.filter { !$0.code.isRejection }.map { "\($0)" })
  }
}

extension FileFormat {
  /// For people.
  fileprivate var name: String {
    switch self {
    case .events: "events"
    case .dataStage: "Data Stage"
    case .partes: "partes"
    case .companies: "companies"
    case .plants: "plants"
    case .parts: "parts"
    case .bills: "bills of materials"
    case .movements: "stock movements"
    }
  }
}
