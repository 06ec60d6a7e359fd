import ArgumentParser
import Logging
import ServiceLifecycle

@main
struct SaldoMain: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "saldo")
}
