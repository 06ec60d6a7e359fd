import ArgumentParser
import Foundation
import IngestService
import Ledger

/// `saldo partes`: what partes.csv still has to say.
struct PartesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "partes",
    abstract: "Writes the partes.csv that is still missing, to be filled in.",
    discussion: """
      Data Stage has neither part numbers nor plants. The file gets one row for each partida \
      that rows of partes.csv do not cover yet, with the missing quantity and value, customs' \
      description of the goods, and in the column sugerencia the parts of the catalogue with \
      its tariff item and unit. Fill in numero_parte (and planta), split a row if its partida \
      has several parts, and load the file; columns that partes.csv does not have are ignored.

      Examples:
        saldo partes --data books --out missing.csv
        saldo process missing.csv --data books --export reports

      Exit codes: 0 when nothing is missing; 1 when the file has rows; 2 when something cannot be \
      read or written.
      """)

  @Option(help: ArgumentHelp("The folder of the books.", valueName: "dir"))
  var data: String

  @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
  var out: String

  func run() throws {
    let skeleton = try PartesSkeleton(dataDirectory: data)
    do {
      try Data(Self.text(skeleton.rows).utf8).write(to: URL(filePath: out), options: .atomic)
    } catch {
      throw ArgumentError(out, "cannot be written: \(error.localizedDescription)")
    }
    let documents = Set(skeleton.rows.map(\.pedimento)).count
    Standard.output("\(out): \(skeleton.rows.count) partidas of \(documents) pedimentos")
    if !skeleton.rows.isEmpty { throw ExitCode(1) }
  }

  private static let header =
    "rfc,pedimento,secuencia,planta,numero_parte,cantidad,umc,valor_mxn,pedimento_original,"
    + "secuencia_original,descripcion,fraccion,nico,sugerencia\n"

  /// The file: the columns of partes.csv, and behind them what helps to fill it in.
  static func text(_ rows: [MissingPartes]) -> String {
    header
      + rows.map { row in
        [
          row.rfc, row.pedimento, "\(row.line)", row.plant, "", "\(row.quantity)",
          row.uom.map { "\($0.code)" } ?? "", "\(row.value)", "", "", shown(row.description),
          row.tariffItem, row.nico, shown(row.candidates.prefix(20).joined(separator: " | ")),
        ].map(quoted).joined(separator: ",") + "\n"
      }.joined()
  }

  /// What a spreadsheet shows instead of running it.
  private static func shown(_ text: String) -> String {
    let plain = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    return plain.first.map { "=+-@".contains($0) } == true ? "'" + plain : plain
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
