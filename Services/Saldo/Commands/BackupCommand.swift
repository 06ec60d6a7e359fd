import ArgumentParser
import Ledger
import SaldoComposition
import ServiceRuntime

/// `saldo backup`: a copy of a data folder, whole and of one moment.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies a whole data folder as of one moment, even while the services run on it.",
    discussion: """
      The copy is a data folder: 'process', 'up' and 'export' run on it as on the original. Its \
      backup.json has the hash of each file. A folder that was copied in another way while \
      services ran on it mixes several moments, and may not be complete.

      With --verify nothing is copied: every byte of a backup is compared with backup.json, and \
      every database is checked.

      Examples:
        saldo backup --data books --out /backups/2026-03-31
        saldo backup --verify /backups/2026-03-31

      Exit codes: 0 when the backup is complete; 1 when --verify finds that it is not; 2 when \
      something cannot be read or written; 130 or 143 when interrupted.
      """)

  @Option(help: ArgumentHelp("The folder of the books.", valueName: "dir"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "The folder to write the copy to; it must not exist.", valueName: "dir")
  )
  var out: String?

  @Option(help: ArgumentHelp("A backup to verify.", valueName: "dir"))
  var verify: String?

  @OptionGroup var summary: SummaryOptions

  func validate() throws {
    let isCopy = data != nil && out != nil && verify == nil
    let isVerification = data == nil && out == nil && verify != nil
    guard isCopy || isVerification else {
      throw ValidationError("Give --data and --out to make a backup, or --verify alone.")
    }
  }

  func run() async throws {
    let interruptions = try Interruptions()
    let line = summary.line
    if let verify {
      let result = try await interruptions.during {
        try await OwnThread.run { cancellation in
          try BackupVerification(of: verify).run { name, left in
            try Self.go(on: cancellation)
            line.show("\(name), \(left) files to go")
          }
        }
      }
      line.clear()
      try show(result.manifest)
      for fault in result.faults { Standard.error(VisibleText.line("saldo: \(fault)")) }
      if !result.faults.isEmpty { throw ExitCode(1) }
    } else if let data, let out {
      let backup = Backup(of: data, to: out, program: "saldo \(Version.number)")
      let manifest = try await interruptions.during {
        try await OwnThread.run { cancellation in
          try backup.write { name, left in
            try Self.go(on: cancellation)
            line.show("\(name), \(left) files to go")
          }
        }
      }
      line.clear()
      try show(manifest)
    }
  }

  private static func go(on cancellation: OwnThread.Cancellation) throws {
    if cancellation.isCancelled { throw CancellationError() }
  }

  private func show(_ manifest: BackupManifest) throws {
    var figures = FigureList()
    figures.add("files", manifest.files.count)
    figures.add("bytes", manifest.files.reduce(0) { $0 + $1.bytes })
    try summary.show(figures)
  }
}
