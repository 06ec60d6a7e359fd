import Synchronization

private let made = Mutex(0)

/// An event of a type; each has an identity of its own unless it is given one.
func event(
  _ type: String, _ data: String, id: String? = nil, time: String = "2024-01-01T00:00:00Z",
  more: String = ""
) -> String {
  let own = made.withLock { count in
    count += 1
    return "e-\(count)"
  }
  return """
    {"specversion":"1.0","id":"\(id ?? own)","source":"/test","type":"\(type)","time":"\(time)",\
    \(more)"data":\(data)}
    """
}

let rfc = "AME010203AB1"

func plant(_ plant: String, rfc: String = rfc) -> String {
  event(
    "immex.plant.v1",
    #"{"plant":"\#(plant)","rfc":"\#(rfc)","name":"\#(plant)","address":"-"}"#)
}

/// A part counted in pieces (6); `kilograms` is the factor of unit 1.
func part(
  _ part: String, kilograms: String? = nil, category: String = "108-I",
  time: String = "2024-01-01T00:00:00Z", id: String? = nil
) -> String {
  let conversion = kilograms.map { #"{"uom":1,"factor":"\#($0)"}"# } ?? ""
  return event(
    "immex.part.v1",
    """
    {"part":"\(part)","kind":"material","description":"-","tariffItem":"85332101","nico":"00",\
    "uom":6,"category":"\(category)","conversions":[\(conversion)]}
    """, id: id, time: time)
}

/// Components are (part, perUnit).
func bom(
  _ product: String, _ components: [(String, String)], version: String = "1", plant: String? = nil,
  from: String = "2024-01-01", time: String = "2024-01-01T00:00:00Z"
) -> String {
  let list = components.map { #"{"part":"\#($0)","perUnit":"\#($1)"}"# }.joined(separator: ",")
  let at = plant.map { #""plant":"\#($0)","# } ?? ""
  return event(
    "immex.bom.v1",
    #"{"product":"\#(product)","version":"\#(version)","validFrom":"\#(from)",\#(at)"#
      + #""components":[\#(list)]}"#, time: time)
}

func number(_ n: Int) -> String {
  let digits = String(n)
  return "240717694" + String(repeating: "0", count: 6 - digits.count) + digits
}

func line(
  _ line: Int, _ part: String, _ quantity: String, uom: Int = 6, finished: Bool = false,
  scrap: Bool = false, discharges: Int? = nil
) -> String {
  let directed = discharges.map { #","discharges":[{"pedimento":"\#(number($0))","line":1}]"# }
  return """
    {"line":\(line),"part":"\(part)","quantity":"\(quantity)","uom":\(uom),\
    "tariffItem":"85332101","nico":"00","valueMXN":"1","originCountry":"USA"\
    \(finished ? #","finished":true"# : "")\(scrap ? #","scrap":true"# : "")\(directed ?? "")}
    """
}

func pedimento(
  _ n: Int, _ clave: String, _ lines: [String], on day: String = "2024-02-01",
  at plant: String = "A",
  rectifies: Int? = nil, time: String = "2024-01-01T00:00:00Z", id: String? = nil
) -> String {
  let operation = ["RT", "BB", "V5", "V9"].contains(clave) ? "export" : "import"
  let before = rectifies.map { #""rectifies":"\#(number($0))","# } ?? ""
  return event(
    "immex.pedimento.v1",
    """
    {"pedimento":"\(number(n))","clave":"\(clave)","operation":"\(operation)","rfc":"\(rfc)",\
    "plant":"\(plant)","paidOn":"\(day)",\(before)"lines":[\(lines.joined(separator: ","))]}
    """, id: id, time: time)
}

func move(
  _ document: String, from plant: String, to other: String, _ part: String, _ quantity: String
) -> String {
  event(
    "immex.stock.v1",
    """
    {"kind":"moved","rfc":"\(rfc)","plant":"\(plant)","toPlant":"\(other)","part":"\(part)",\
    "quantity":"\(quantity)","uom":6,"document":"\(document)","aviso":"AT-1",\
    "occurredAt":"2024-02-05T10:00:00Z"}
    """)
}

func act(_ acta: String, _ lines: [String], at plant: String = "A") -> String {
  event(
    "immex.destruction.v1",
    """
    {"acta":"\(acta)","noticeFolio":"AV","destroyedOn":"2024-03-01","rfc":"\(rfc)",\
    "plant":"\(plant)","lines":[\(lines.joined(separator: ","))]}
    """)
}

/// Customs' own record of a pedimento: partidas are (secuencia, quantity), in pieces.
func dataStage(
  _ n: Int, _ partidas: [(Int, String)], clave: String = "IN", kind: String = "1",
  rectifies: Int? = nil, operation: Int = 1, identifiers: [String] = []
) -> String {
  let marks = identifiers.map { #"{"clave":"\#($0)"}"# }.joined(separator: ",")
  let list = partidas.map {
    #"{"secuencia":"\#($0)","fraccion":"85332101","cantidadUMC":"\#($1)","umc":"6","#
      + #""valorComercial":"1","paisOrigenDestino":"USA","identificadores":[\#(marks)]}"#
  }
  let digits = String(number(n).suffix(7))
  let before = rectifies.map {
    #""rectifica":{"patenteAnterior":"1769","seccionAduaneraAnterior":"070","#
      + #""pedimentoAnterior":"\#(number($0).suffix(7))"},"#
  }
  return event(
    "saldo.datastage.v1",
    """
    {"patente":"1769","seccionAduanera":"070","pedimento":"\(digits)","claveDocumento":"\(clave)",\
    "tipoOperacion":"\(operation)","rfc":"\(rfc)","tipoPedimento":"\(kind)",\
    "fechaPagoReal":"2024-02-01",\(before ?? "")"partidas":[\(list.joined(separator: ","))]}
    """)
}

/// A row of partes.csv.
func partes(
  _ n: Int, _ secuencia: Int, _ part: String, _ quantity: String, uom: Int = 6, row: Int = 1
) -> String {
  event(
    "saldo.partes.v1",
    """
    {"rfc":"\(rfc)","pedimento":"\(number(n))","secuencia":"\(secuencia)","planta":"A",\
    "numeroParte":"\(part)","cantidad":"\(quantity)","umc":"\(uom)","valorMXN":"1"}
    """, more: #""row":\#(row),"#)
}

func notice(_ folio: String, on day: String) -> String {
  event(
    "immex.destructionNotice.v1",
    #"{"folio":"\#(folio)","noticedOn":"\#(day)","rfc":"\#(rfc)","plant":"A"}"#)
}
