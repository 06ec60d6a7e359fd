import ArgumentParser
import Foundation
import Ledger
import SaldoComposition

/// `saldo doctor`: what this machine and a data folder need and have.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Compares what this machine and a data folder need and have, and says what to do.",
    discussion: """
      It checks the limits of files and threads, memory, the clock and the libraries; of a data \
      folder the disk, and every page of every database. It changes nothing, and services may \
      run meanwhile.

      Examples:
        saldo doctor --data books
        saldo doctor

      Exit codes: 0 when all is well, advice aside; 1 when something is wrong; 2 for wrong usage.
      """)

  @Option(
    help: ArgumentHelp("The folder of the books. (default: only the machine)", valueName: "dir"))
  var data: String?

  @Option(
    help: ArgumentHelp("How many partitions the machine is to serve.", valueName: "number"))
  var partitions = LocalSystem.defaultPartitions

  func validate() throws {
    guard (1...1_000).contains(partitions) else {
      throw ValidationError("--partitions must be 1 to 1000.")
    }
  }

  func run() async throws {
    let line = ProgressLine()
    var findings = MachineCheckup(partitions: partitions).findings()
    if let data { findings += FolderCheckup(path: data).findings { line.show($0) } }
    line.clear()
    for finding in findings { finding.lines.forEach { Standard.output(VisibleText.line($0)) } }
    if findings.contains(where: { $0.level == .wrong }) { throw ExitCode(1) }
  }
}
