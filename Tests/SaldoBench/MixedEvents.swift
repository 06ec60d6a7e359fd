import Ledger

/// The events of the pipeline's measure: of ten, eight move stock, one imports three lines and one
/// returns a product of ten parts. One company, ten plants; in the order of their days.
struct MixedEvents {
  private static let plants = 10
  private static let products = 100
  private static let materials = 1_000
  private static let rfc = "AME010203AB1"

  private var number = 0

  /// Calls `body` with so many events, the catalogue among them; answers how many move stock.
  mutating func write(_ events: Int, _ body: (String) throws -> Void) rethrows -> Int {
    try catalogue(body)
    let first = CalendarDate(year: 2024, month: 1, day: 1).days
    var stock = 0
    var index = 0
    while number < events {
      let date = CalendarDate(days: first + Int32(index * 365 / events))
      let plant = "PL\(index / 10 % Self.plants)"
      switch index % 10 {
      case 0: try body(entry(plant, date))
      case 1: try body(exit(plant, date))
      default:
        try body(movement(plant, date))
        stock += 1
      }
      index += 1
    }
    return stock
  }

  private mutating func catalogue(_ body: (String) throws -> Void) rethrows {
    try body(
      event("company", "\"rfc\":\"\(Self.rfc)\",\"name\":\"Empresa\",\"immexProgram\":\"1-2006\""))
    for plant in 0..<Self.plants {
      let data = "\"plant\":\"PL\(plant)\",\"rfc\":\"\(Self.rfc)\",\"name\":\"P\",\"address\":\"A\""
      try body(event("plant", data))
    }
    for part in 0..<Self.materials { try body(self.part("M-\(part)", "material")) }
    for product in 0..<Self.products {
      try body(part("P-\(product)", "product"))
      let components = (0..<10).map {
        let part = "M-\((product * 10 + $0) % Self.materials)"
        return "{\"part\":\"\(part)\",\"perUnit\":\"2\",\"waste\":\"0.1\"}"
      }
      try body(
        event(
          "bom",
          "\"product\":\"P-\(product)\",\"version\":\"A\",\"validFrom\":\"2024-01-01\","
            + "\"components\":[\(components.joined(separator: ","))]"))
    }
  }

  private mutating func part(_ part: String, _ kind: String) -> String {
    event(
      "part",
      "\"part\":\"\(part)\",\"kind\":\"\(kind)\",\"description\":\"D\",\"tariffItem\":\"85332101\","
        + "\"nico\":\"00\",\"uom\":6,\"category\":\"108-I\",\"conversions\":[]")
  }

  private mutating func entry(_ plant: String, _ date: CalendarDate) -> String {
    let lines = (1...3).map { line in
      self.line(line, "M-\((number * 7 + line * 331) % Self.materials)", "70")
    }
    return pedimento(plant, date, "IN", "import", lines.joined(separator: ","))
  }

  private mutating func exit(_ plant: String, _ date: CalendarDate) -> String {
    let line = self.line(1, "P-\(number / 10 % Self.products)", "10", ",\"finished\":true")
    return pedimento(plant, date, "RT", "export", line)
  }

  private func line(_ line: Int, _ part: String, _ units: String, _ more: String = "") -> String {
    "{\"line\":\(line),\"part\":\"\(part)\",\"quantity\":\"\(units)\",\"uom\":6,"
      + "\"tariffItem\":\"85332101\",\"nico\":\"00\",\"valueMXN\":\"1234.56\","
      + "\"originCountry\":\"USA\"\(more)}"
  }

  private mutating func pedimento(
    _ plant: String, _ date: CalendarDate, _ clave: String, _ operation: String, _ lines: String
  ) -> String {
    event(
      "pedimento",
      "\"pedimento\":\"\(242417690000000 + number)\",\"clave\":\"\(clave)\","
        + "\"operation\":\"\(operation)\",\"rfc\":\"\(Self.rfc)\",\"plant\":\"\(plant)\","
        + "\"paidOn\":\"\(date)\",\"lines\":[\(lines)]")
  }

  private mutating func movement(_ plant: String, _ date: CalendarDate) -> String {
    event(
      "stock",
      "\"kind\":\"issued\",\"plant\":\"\(plant)\",\"part\":\"M-\(number * 13 % Self.materials)\","
        + "\"quantity\":\"3.5\",\"uom\":6,\"document\":\"OP-\(number)\","
        + "\"occurredAt\":\"\(date)T12:00:00Z\",\"location\":\"A-01\"")
  }

  private mutating func event(_ type: String, _ data: String) -> String {
    number += 1
    return "{\"specversion\":\"1.0\",\"id\":\"E-\(number)\",\"source\":\"/bench\","
      + "\"type\":\"immex.\(type).v1\",\"time\":\"2024-01-01T00:00:00Z\",\"data\":{\(data)}}"
  }
}
