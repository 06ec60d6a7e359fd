/// The columns of partes.csv, in the order in which a row's identity has them.
enum PartesColumn: Int, CaseIterable {
  case rfc, pedimento, secuencia, planta, numeroParte, cantidad, umc, valorMXN
  case pedimentoOriginal, secuenciaOriginal, referencia, anula

  /// The kind of spreadsheet that partes.csv is.
  static let kind = SheetKind(
    title: "partes.csv", columns: allCases.map(\.column),
    telling: [pedimento, secuencia, numeroParte].map(\.rawValue))

  /// The columns in the order of their keys in an event's data.
  static let byKey = allCases.sorted { "\($0.key)" < "\($1.key)" }

  /// The column's key in an event.
  var key: StaticString {
    switch self {
    case .rfc: "rfc"
    case .pedimento: "pedimento"
    case .secuencia: "secuencia"
    case .planta: "planta"
    case .numeroParte: "numeroParte"
    case .cantidad: "cantidad"
    case .umc: "umc"
    case .valorMXN: "valorMXN"
    case .pedimentoOriginal: "pedimentoOriginal"
    case .secuenciaOriginal: "secuenciaOriginal"
    case .referencia: "referencia"
    case .anula: "anula"
    }
  }

  /// The column in the file, with the names that reports, events and customs have for the same.
  private var column: SheetKind.Column {
    switch self {
    case .rfc: .init(name: "rfc")
    case .pedimento: .init(name: "pedimento", value: .digits, otherNames: ["pedimento_entrada"])
    case .secuencia:
      .init(name: "secuencia", otherNames: ["linea", "line", "partida", "SecuenciaFraccion"])
    case .planta: .init(name: "planta", otherNames: ["plant", "planta_recibe"])
    case .numeroParte:
      .init(name: "numero_parte", otherNames: ["parte", "part", "no_parte", "num_parte", "np"])
    case .cantidad:
      .init(name: "cantidad", value: .decimal, otherNames: ["quantity", "CantidadUMComercial"])
    case .umc:
      .init(name: "umc", otherNames: ["unidad", "uom", "um", "UnidadMedidaComercial"])
    case .valorMXN:
      .init(name: "valor_mxn", value: .decimal, otherNames: ["valor", "ValorComercial"])
    case .pedimentoOriginal:
      .init(
        name: "pedimento_original", value: .digits,
        otherNames: ["pedimento_entrada", "pedimento_descargo"], isExclusive: true)
    case .secuenciaOriginal:
      .init(
        name: "secuencia_original", otherNames: ["linea_entrada", "secuencia_entrada"],
        isExclusive: true)
    case .referencia: .init(name: "referencia", otherNames: ["reference", "remesa"])
    case .anula: .init(name: "anula", value: .mark, otherNames: ["anular", "anulado"])
    }
  }
}
