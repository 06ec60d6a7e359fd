/// A commercial unit of Anexo 22, appendix 7.
public struct UnitOfMeasure: Hashable, Sendable {
  /// The appendix's code, 1 to 22.
  public let code: UInt8

  /// The unit of a code; nil outside 1-22.
  public init?(code: Int) {
    guard (1...22).contains(code) else { return nil }
    self.code = UInt8(code)
  }

  /// The unit's name in Spanish, for reports.
  public var name: String { Self.names[Int(code) - 1] }

  private static let names = [
    "kilo", "gramo", "metro lineal", "metro cuadrado", "metro cúbico", "pieza", "cabeza", "litro",
    "par", "kilowatt", "millar", "juego", "kilowatt hora", "tonelada", "barril", "gramo neto",
    "decenas", "cientos", "docenas", "caja", "botella", "carat",
  ]
}

extension UnitOfMeasure: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let code = try container.decode(Int.self)
    guard let unit = UnitOfMeasure(code: code) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "unit \(code) is not in Anexo 22, appendix 7")
    }
    self = unit
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Int(code))
  }
}
