/// A report, by the name of its file.
public enum ReportFile: String, Sendable, CaseIterable {
  /// What came in.
  case entries = "entradas"
  /// What went out.
  case exits = "salidas"
  /// What is left of each entry.
  case balances = "saldos"
  /// Which entries each exit drew on (materiales utilizados).
  case discharges = "descargos"
  /// What no lot could give.
  case shortages = "faltantes"
  /// The sides of virtual transfers.
  case transfers = "transferencias"
  /// What of the scrap that discharges left is owed a disposal.
  case scrap = "desperdicios"
  /// Which scrap each disposal drew on, and what it did not find.
  case disposals = "disposiciones"
  /// What each act of destruction destroyed, by import pedimento, and how its notice stands.
  case destructions = "destrucciones"
  /// What is at sub-manufacturers, and what came back.
  case submanufacture = "submaquila"
  /// Whether of every part what came in is what is there, in transit, or gone.
  case conservation = "conservacion"
  /// Moves between plants, and what of them was received.
  case moves = "traslados"
  /// Facts that were withdrawn, and those that count again.
  case withdrawals = "retiros"
  /// Facts that wait or are rejected, and what files held that was not taken.
  case pending = "pendientes"
  /// What is left, by tariff item.
  case byTariffItem = "saldos_fraccion"
  /// What is left, by plant and part.
  case byPart = "saldos_parte"
  /// What is left, by the time that it has.
  case aging = "vencimientos"
  /// Machinery and equipment.
  case assets = "activo_fijo"
  /// Companies and their plants.
  case taxpayers = "contribuyente"
  /// Part numbers that are materials or assets.
  case materials = "materiales"
  /// Part numbers that are products.
  case products = "productos"
  /// Bills of materials, with all their versions.
  case bills = "estructuras"
  /// Suppliers, customers, brokers and carriers.
  case parties = "contrapartes"

  /// The file's name within its folder.
  public var fileName: String { fileName(as: .csv) }

  /// The file's name in a format.
  public func fileName(as format: ReportFormat) -> String { "\(rawValue).\(format.rawValue)" }
}
