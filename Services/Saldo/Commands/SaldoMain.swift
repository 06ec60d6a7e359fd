import ArgumentParser
import EventLogKafka
import Foundation
import ServiceRuntime
import Store

/// The one executable.
@main
enum SaldoMain {
  static func main() async {
    SQLiteMemory.keepNoStatistics()
    OpenFiles.raiseLimit()
    var settings: Settings?
    do {
      let read = try Settings(
        Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
      settings = read
      var command = try SaldoCommand.parseAsRoot(read.arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      exit(Ending(error, settings).report())
    }
  }
}

/// The commands of `saldo`.
struct SaldoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "saldo",
    abstract: "Keeps the books of temporary imports: from customs files and plant events to the "
      + "reports of Anexo 24.",
    discussion: """
      Examples:
        saldo sample --out files --seed 1 --plants 2 --parts 100 \\
          --days 90 --movements-per-day 200
        saldo process files/* --data books --export reports
        saldo up --data books

      Exit codes: 0 when all is well; 1 when facts wait or were rejected (the reports say which \
      and why); 2 for wrong usage and for what cannot be read or written; 130 or 143 when \
      interrupted.
      """,
    version: Version.text,
    subcommands: [
      ProcessCommand.self, UpCommand.self, LoadCommand.self, ExportCommand.self, SampleCommand.self,
      IngestCommand.self, DischargeCommand.self, TransferCommand.self, ReportingCommand.self,
      TopicsCommand.self, TransfersCommand.self, CheckCommand.self,
      PartesCommand.self, DoctorCommand.self, BackupCommand.self, WithdrawCommand.self,
      RehearseCommand.self, TrailCommand.self,
    ])
}
