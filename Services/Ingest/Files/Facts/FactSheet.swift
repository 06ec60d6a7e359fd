/// A kind of spreadsheet whose rows are facts that producers send as events otherwise: the
/// catalogue, bills, stock movements (Events.md#spreadsheets).
struct FactSheet {
  /// A column, with the member of the event's data that its cells are.
  struct Column {
    var column: SheetKind.Column
    var key: StaticString
    /// Whether an empty cell is an empty text, and not a value that is missing.
    var mayBeEmpty = false

    init(
      _ name: String, _ key: StaticString, _ value: SheetKind.Column.Value = .text,
      other names: [String] = [], isNeeded: Bool = true, mayBeEmpty: Bool = false
    ) {
      column = .init(name: name, value: value, otherNames: names, isNeeded: isNeeded)
      self.key = key
      self.mayBeEmpty = mayBeEmpty
    }
  }

  let format: FileFormat
  /// The events' source and type.
  let source: StaticString
  let type: StaticString
  let columns: [Column]
  let kind: SheetKind
  /// The columns that name the thing that a row is about, by their places.
  let naming: [Int]

  /// - Parameters:
  ///   - telling: the columns that tell the kind, by their names.
  ///   - naming: those that name the thing; none where each row is a fact by itself.
  init(
    _ format: FileFormat, _ title: String, source: StaticString, type: StaticString,
    telling: [String], naming: [String], _ columns: [Column]
  ) {
    func places(_ names: [String]) -> [Int] {
      names.compactMap { name in columns.firstIndex { $0.column.name == name } }
    }
    (self.format, self.source, self.type, self.columns) = (format, source, type, columns)
    self.naming = places(naming)
    kind = SheetKind(title: title, columns: columns.map(\.column), telling: places(telling))
  }

  /// The kinds, as their headers are tried.
  static let all = [companies, plants, parts, bills, movements]

  /// The place of the column with a key.
  func place(of key: String) -> Int? { columns.firstIndex { "\($0.key)" == key } }
}

extension FactSheet {
  static let companies = FactSheet(
    .companies, "the sheet of companies", source: "/companies", type: "immex.company.v1",
    telling: ["rfc", "razon_social", "programa"], naming: ["rfc"],
    [
      .init("rfc", "rfc"),
      .init("razon_social", "name", other: ["nombre", "name", "empresa"]),
      .init("programa", "immexProgram", other: ["programa_immex", "immexProgram", "immex"]),
      .init("certificacion", "certification", other: ["certification"], isNeeded: false),
    ])

  static let plants = FactSheet(
    .plants, "the sheet of plants", source: "/plants", type: "immex.plant.v1",
    telling: ["planta", "nombre", "direccion"], naming: ["planta"],
    [
      .init("planta", "plant", other: ["plant", "clave_planta"]),
      .init("rfc", "rfc"),
      .init("nombre", "name", other: ["name", "razon_social"]),
      .init("direccion", "address", other: ["address", "domicilio"], mayBeEmpty: true),
      .init(
        "zona_horaria", "timeZone", other: ["timeZone", "huso_horario", "zona"], isNeeded: false),
    ])

  static let parts = FactSheet(
    .parts, "the sheet of parts", source: "/parts", type: "immex.part.v1",
    telling: ["numero_parte", "tipo", "fraccion"], naming: ["numero_parte"],
    [
      .init("numero_parte", "part", other: ["parte", "part", "no_parte", "num_parte", "np"]),
      .init(
        "tipo", "kind", .word(["material": "material", "producto": "product", "activo": "asset"]),
        other: ["kind", "clase"]),
      .init("descripcion", "description", other: ["description"], mayBeEmpty: true),
      .init(
        "fraccion", "tariffItem", .tariffItem, other: ["tariffItem", "fraccion_arancelaria"]),
      .init("nico", "nico", .nico),
      .init("umc", "uom", other: ["unidad", "uom", "um", "unidad_medida"]),
      .init(
        "categoria", "category",
        .word(["108-I": "108-I", "108-II": "108-II", "108-III": "108-III"]), other: ["category"]),
      .init("umc_2", "uom_2", other: ["unidad_2", "uom_2"], isNeeded: false),
      .init("factor_2", "factor_2", .decimal, isNeeded: false),
      .init("umc_3", "uom_3", other: ["unidad_3", "uom_3"], isNeeded: false),
      .init("factor_3", "factor_3", .decimal, isNeeded: false),
    ])

  static let bills = FactSheet(
    .bills, "the sheet of bills", source: "/bills", type: "immex.bom.v1",
    telling: ["producto", "version", "componente"], naming: ["producto", "version", "planta"],
    [
      .init("producto", "product", other: ["product"]),
      .init("version", "version"),
      .init(
        "vigente_desde", "validFrom", .day, other: ["validFrom", "vigencia", "desde", "vigente"]),
      .init("componente", "part", other: ["component", "material", "numero_parte", "part"]),
      .init("por_unidad", "perUnit", .decimal, other: ["perUnit", "cantidad", "consumo"]),
      .init("planta", "plant", other: ["plant"], isNeeded: false),
      .init("merma", "waste", .decimal, other: ["waste"], isNeeded: false),
      .init("desperdicio", "scrap", .decimal, other: ["scrap"], isNeeded: false),
    ])

  static let movements = FactSheet(
    .movements, "the sheet of stock movements", source: "/movements", type: "immex.stock.v1",
    telling: ["movimiento", "numero_parte", "cantidad"], naming: [],
    [
      .init(
        "movimiento", "kind",
        .word([
          "recibido": "received", "surtido": "issued", "completado": "completed",
          "desechado": "scrapped", "embarcado": "shipped", "trasladado": "moved",
          "contado": "counted",
        ]), other: ["kind", "tipo", "tipo_movimiento"]),
      .init("planta", "plant", other: ["plant", "planta_envia"]),
      .init("numero_parte", "part", other: ["parte", "part", "no_parte", "num_parte", "np"]),
      .init("cantidad", "quantity", .decimal, other: ["quantity"]),
      .init("umc", "uom", other: ["unidad", "uom", "um", "unidad_medida"]),
      .init("documento", "document", other: ["document", "folio"]),
      .init("fecha", "occurredAt", .moment, other: ["occurredAt", "fecha_movimiento"]),
      .init("id", "id", other: ["identificador"], isNeeded: false),
      .init("orden", "order", other: ["order"], isNeeded: false),
      .init("ubicacion", "location", other: ["location"], isNeeded: false),
      .init("rfc", "rfc", isNeeded: false),
      .init("planta_destino", "toPlant", other: ["toPlant", "planta_recibe"], isNeeded: false),
      .init("aviso", "aviso", other: ["notice"], isNeeded: false),
    ])
}
