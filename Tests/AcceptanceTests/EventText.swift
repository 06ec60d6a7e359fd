import Auditor
import Foundation

/// An inbound event written in a test: `data` is JSON.
struct EventText {
  let type: String
  let data: String
  var id: String?
  var source = "/test"
  var time = "2024-01-01T00:00:00Z"

  /// The same event with another time and identity.
  func sent(_ time: String, id: String) -> EventText {
    EventText(type: type, data: data, id: id, time: time)
  }

  /// The same event with another source and identity.
  func from(_ source: String, id: String) -> EventText {
    EventText(type: type, data: data, id: id, source: source)
  }

  func cloudEvent(defaultID: String) -> Data {
    Data(
      """
      {"specversion":"1.0","id":"\(id ?? defaultID)","source":"\(source)",\
      "datacontenttype":"application/json",\
      "type":"immex.\(type).v1","time":"\(time)","data":\(data)}
      """.utf8)
  }
}

/// A company with two plants, A and B, and a plant C of another.
let companies: [EventText] = [
  company("AME010203AB1"), company("BRX990101CD2"), plant("A"), plant("B"),
  plant("C", rfc: "BRX990101CD2"),
]

func company(_ rfc: String) -> EventText {
  EventText(
    type: "company",
    data: #"{"rfc":"\#(rfc)","name":"\#(rfc)","immexProgram":"420-2006","certification":null}"#)
}

func plant(_ plant: String, rfc: String = "AME010203AB1") -> EventText {
  EventText(
    type: "plant",
    data: #"{"plant":"\#(plant)","rfc":"\#(rfc)","name":"\#(plant)","address":"-"}"#)
}

/// A part counted in pieces (6), with the factors of other units.
func part(
  _ part: String, category: String = "108-I", kind: String = "material",
  factors: [Int: String] = [:]
) -> EventText {
  let conversions = factors.map { #"{"uom":\#($0.key),"factor":"\#($0.value)"}"# }
  return EventText(
    type: "part",
    data: """
      {"part":"\(part)","kind":"\(kind)","description":"\(part)","tariffItem":"85332101",\
      "nico":"00","uom":6,"category":"\(category)",\
      "conversions":[\(conversions.joined(separator: ","))]}
      """)
}

/// Components are (part, perUnit, waste, scrap).
func bom(
  _ product: String, version: String = "A", from: String = "2024-01-01", at plant: String? = nil,
  _ components: [(String, String, String, String)]
) -> EventText {
  let list = components.map {
    #"{"part":"\#($0)","perUnit":"\#($1)","waste":"\#($2)","scrap":"\#($3)"}"#
  }
  let at = plant.map { #""plant":"\#($0)","# } ?? ""
  return EventText(
    type: "bom",
    data: """
      {"product":"\(product)","version":"\(version)","validFrom":"\(from)",\(at)\
      "components":[\(list.joined(separator: ","))]}
      """)
}

/// The number of a pedimento of a year (two digits).
func number(_ n: Int, year: Int = 24) -> String {
  let digits = String(n)
  return "\(year)0717694" + String(repeating: "0", count: 6 - digits.count) + digits
}

func pedimento(
  _ number: String, _ clave: String, on paidOn: String, at plant: String = "A",
  rectifies: String? = nil, _ lines: [String]
) -> EventText {
  let isExport = ["RT", "BB", "V5", "V9"].contains(clave)
  return document(
    number, clave, isExport ? "export" : "import", on: paidOn, at: plant, rectifies: rectifies,
    lines)
}

/// A pedimento whose operation its clave does not tell: V1, R1.
func document(
  _ number: String, _ clave: String, _ operation: String, on paidOn: String,
  at plant: String = "A", rectifies: String? = nil, _ lines: [String]
) -> EventText {
  let before = rectifies.map { #""rectifies":"\#($0)","# } ?? ""
  return EventText(
    type: "pedimento",
    data: """
      {"pedimento":"\(number)","clave":"\(clave)","operation":"\(operation)",\
      "rfc":"AME010203AB1","plant":"\(plant)","paidOn":"\(paidOn)",\(before)\
      "lines":[\(lines.joined(separator: ","))]}
      """)
}

/// A line of a pedimento; `discharges` are (pedimento, line).
func line(
  _ line: Int, _ part: String, _ quantity: String, uom: Int = 6, value: String = "0",
  finished: Bool = false, scrap: Bool = false, discharges: [(String, Int)] = []
) -> String {
  let entries = discharges.map { #"{"pedimento":"\#($0)","line":\#($1)}"# }
  let directed = entries.isEmpty ? "" : #","discharges":[\#(entries.joined(separator: ","))]"#
  return """
    {"line":\(line),"part":"\(part)","quantity":"\(quantity)","uom":\(uom),\
    "tariffItem":"85332101","nico":"00","valueMXN":"\(value)","originCountry":"USA"\
    \(finished ? #","finished":true"# : "")\(scrap ? #","scrap":true"# : "")\(directed)}
    """
}

func act(
  _ acta: String, on day: String, at plant: String = "A", rfc: String = "AME010203AB1",
  scrap: Bool = false, _ lines: [(Int, String, String)]
) -> EventText {
  let mark = scrap ? #","scrap":true"# : ""
  let list = lines.map {
    #"{"line":\#($0),"part":"\#($1)","quantity":"\#($2)","uom":6\#(mark)}"#
  }
  return EventText(
    type: "destruction",
    data: """
      {"acta":"\(acta)","noticeFolio":"AV-1","destroyedOn":"\(day)","rfc":"\(rfc)",\
      "plant":"\(plant)","lines":[\(list.joined(separator: ","))]}
      """)
}

func move(
  _ document: String, at instant: String, from plant: String, to other: String, _ part: String,
  _ quantity: String, uom: Int = 6, rfc: String = "AME010203AB1", aviso: String = "AT-1"
) -> EventText {
  EventText(
    type: "stock",
    data: """
      {"kind":"moved","rfc":"\(rfc)","plant":"\(plant)","toPlant":"\(other)","part":"\(part)",\
      "quantity":"\(quantity)","uom":\(uom),"document":"\(document)","aviso":"\(aviso)",\
      "occurredAt":"\(instant)"}
      """)
}

func received(
  _ document: String, at instant: String, _ plant: String, _ part: String, _ quantity: String,
  uom: Int = 6
) -> EventText {
  EventText(
    type: "stock",
    data: """
      {"kind":"received","plant":"\(plant)","part":"\(part)","quantity":"\(quantity)",\
      "uom":\(uom),"document":"\(document)","occurredAt":"\(instant)"}
      """)
}

extension Scenario {
  /// A scenario written in code. Each expected row is its cells with commas between them.
  init(
    _ name: String, _ events: [EventText], saldos: [String] = [], descargos: [String] = [],
    faltantes: [String] = [], dischargeValues: [String]? = nil, balanceValues: [String]? = nil,
    desperdicios: [String]? = nil, disposiciones: [String] = [], sinDesperdicio: [String] = [],
    scrapValues: [String] = [], disposalValues: [String] = []
  ) {
    func rows(_ lines: [String]) -> [[String]] { lines.flatMap { CSV.rows($0) } }
    self.init(
      name: name,
      events: (companies + events).enumerated().map {
        $0.element.cloudEvent(defaultID: "e-\($0.offset)")
      },
      expected: AuditReport(
        saldos: rows(saldos), descargos: rows(descargos), faltantes: rows(faltantes)),
      dischargeValues: dischargeValues, balanceValues: balanceValues,
      expectedScrap: desperdicios.map {
        AuditScrap(
          owed: rows($0), disposed: rows(disposiciones), short: rows(sinDesperdicio),
          owedValues: rows(scrapValues), disposedValues: disposalValues)
      })
  }
}
