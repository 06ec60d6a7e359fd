/// What rows of a report can be asked for by, sorted by and summed by.
extension ReportFile {
  /// The columns whose cell can be asked for, to the byte.
  public var filters: [String] {
    columns.map(\.name).filter { isKey($0) || Self.listFilters.contains($0) }
  }

  /// Those of them that ``filters`` had before there were lists: a report is made with one pass
  /// over the books where it is asked for by these alone.
  public var keyFilters: [String] { columns.map(\.name).filter(isKey) }

  /// The columns of which the beginning of a cell can be asked for, with a star behind it.
  public var prefixFilters: [String] { columns.map(\.name).filter { $0 == "fraccion" } }

  private func isKey(_ name: String) -> Bool { name == "rfc" || order.contains(name) }

  private static let listFilters: Set<String> = [
    "planta", "planta_envia", "numero_parte", "pedimento", "pedimento_entrada", "documento",
    "producto", "clave", "fraccion", "nico", "estado", "estado_aviso", "unidad", "tipo",
    "categoria", "cubeta", "pais_origen", "destino",
  ]

  /// The column of the day that `desde` and `hasta` are about; nil where a row is of no day.
  public var mainDay: String? {
    switch self {
    case .entries, .balances, .assets: "fecha_entrada"
    case .exits, .transfers, .disposals, .destructions, .moves: "fecha"
    case .discharges, .shortages: "fecha_salida"
    case .scrap: "pendiente_desde"
    case .submanufacture: "fecha_envio"
    case .products, .bills: "vigente_desde"
    case .conservation, .withdrawals, .pending, .byTariffItem, .byPart, .aging, .taxpayers,
      .materials, .parties:
      nil
    }
  }

  /// The columns that rows can be sorted by: those of the report's own order, days, instants, and
  /// whatever counts something.
  public var sorts: [String] {
    columns.filter {
      order.contains($0.name) || $0.kind == .day || $0.kind == .instant || $0.unit != nil
    }.map(\.name)
  }

  /// The columns that are summed over all rows: quantities, by the unit of the row, and pesos.
  ///
  /// Details are not: of a document they stand in each of its rows. Nor is what one unit of a
  /// product takes.
  public var totals: [ReportColumn] {
    if self == .bills { return [] }
    let details = Set(details.map(\.column.name))
    return columns.filter {
      $0.kind == .decimal && ($0.unit == .ofRow || $0.unit == .pesos) && !details.contains($0.name)
    }
  }
}
