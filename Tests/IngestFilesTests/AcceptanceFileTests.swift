import Foundation
import IngestFiles
import Testing

@Suite("The files of an acceptance scenario")
struct AcceptanceFileTests {
  @Test("The Data Stage holds each pedimento with its partidas")
  func dataStage() throws {
    let loaded = try load(fixture("4815162342_Solicitudes.zip"))
    #expect(loaded.summary.format == .dataStage)
    #expect(try loadFromDisk(fixture("4815162342_Solicitudes.zip")) == loaded)
    let data = try loaded.parsed().compactMap { $0["data"] as? [String: Any] }
    let partidas = data.flatMap { $0["partidas"] as? [[String: Any]] ?? [] }
    #expect(data.count == 130)
    #expect(partidas.count == 312)
    #expect(data.filter { $0["rectifica"] != nil }.count == 8)
    #expect(data.filter { $0["seleccion"] != nil }.count == 128)
    #expect(partidas.filter { $0["identificadores"] != nil }.count == 86)
    #expect(data.allSatisfy { $0["rfc"] != nil && $0["partidas"] != nil })
    #expect(Set(try loaded.parsed().compactMap { $0["id"] as? String }).count == data.count)
    #expect(loaded.codes == [.memberUnused])
    #expect(loaded.rejections.isEmpty)
  }

  @Test("Every row of partes is of a partida of the Data Stage")
  func partes() throws {
    let loaded = try load(fixture("partes.csv"))
    #expect(loaded.summary == FileSummary(format: .partes, events: 310))
    let known = try load(fixture("4815162342_Solicitudes.zip")).parsed().flatMap { event in
      let data = event["data"] as? [String: Any] ?? [:]
      let text = { (key: String) in data[key] as? String ?? "" }
      let number = [
        text("fechaPagoReal").dropFirst(2).prefix(2), text("seccionAduanera").prefix(2),
        text("patente")[...], text("pedimento")[...],
      ].joined()
      return (data["partidas"] as? [[String: Any]] ?? []).map {
        "\(number)/\($0["secuencia"] ?? "")"
      }
    }
    let rows = try loaded.parsed().compactMap { $0["data"] as? [String: String] }
    let wanted = rows.map { "\($0["pedimento"] ?? "")/\($0["secuencia"] ?? "")" }
    #expect(Set(wanted).isSubset(of: known))
  }

  @Test("The rest is events, a line each")
  func rest() throws {
    let bytes = try fixture("rest.ndjson")
    let loaded = try load(bytes)
    #expect(loaded.events.joined(separator: "\n") + "\n" == String(decoding: bytes, as: UTF8.self))
    let array = "[" + loaded.events.joined(separator: ",\n") + "]"
    #expect(try load(array).events == loaded.events)
  }
}
