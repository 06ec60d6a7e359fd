/// The one table of all columns of all reports.
extension ReportFile {
  /// The columns, in their order.
  public var columns: [ReportColumn] { ownColumns + details.map(\.column) }

  private var ownColumns: [ReportColumn] {
    switch self {
    case .entries: Self.entryColumns
    case .exits: Self.exitColumns
    case .balances: Self.balanceColumns
    case .discharges: Self.dischargeColumns
    case .shortages: Self.shortageColumns
    case .transfers: Self.transferColumns
    case .scrap: Self.scrapColumns
    case .disposals: Self.disposalColumns
    case .destructions: Self.destructionColumns
    case .submanufacture: Self.submanufactureColumns
    case .conservation: Self.conservationColumns
    case .moves: Self.moveColumns
    case .withdrawals: Self.withdrawalColumns
    case .pending: Self.pendingColumns
    case .byTariffItem: Self.tariffItemColumns
    case .byPart: Self.partBalanceColumns
    case .aging: Self.agingColumns
    case .assets: Self.assetColumns
    case .taxpayers: Self.taxpayerColumns
    case .materials: Self.materialColumns
    case .products: Self.productColumns
    case .bills: Self.billColumns
    case .parties: Self.partyColumns
    }
  }

  /// The columns that give the rows their order, as text by code point, the first first.
  public var order: [String] {
    switch self {
    case .entries: ["planta", "pedimento", "linea", "numero_parte"]
    case .exits: ["planta", "documento", "linea", "numero_parte"]
    case .balances, .scrap: ["planta", "numero_parte", "pedimento", "linea"]
    case .discharges:
      [
        "planta", "documento_salida", "linea_salida", "numero_parte", "producto",
        "pedimento_entrada", "linea_entrada",
      ]
    case .shortages: ["planta", "documento_salida", "linea_salida", "numero_parte"]
    case .transfers: ["rfc", "papel", "pedimento", "transferencia"]
    case .disposals:
      ["planta", "documento", "linea", "numero_parte", "pedimento_entrada", "linea_entrada"]
    case .destructions:
      ["planta", "acta", "linea", "numero_parte", "pedimento_entrada", "linea_entrada", "origen"]
    case .submanufacture: ["planta", "submaquilador", "numero_parte", "rfc", "documento", "aviso"]
    case .conservation: ["rfc", "numero_parte"]
    case .moves: ["planta_recibe", "numero_parte", "documento", "fecha", "planta_envia"]
    case .withdrawals: ["source", "id", "pedimento", "linea", "numero_parte"]
    case .pending: ["id", "source", "type", "motivo", "recibido"]
    case .byTariffItem: ["rfc", "fraccion", "unidad"]
    case .byPart: ["planta", "numero_parte"]
    case .aging: ["planta", "orden", "unidad"]
    case .assets: ["planta", "numero_parte", "pedimento", "linea"]
    case .taxpayers: ["rfc", "planta"]
    case .materials, .products: ["numero_parte"]
    case .bills: ["producto", "version", "planta", "componente"]
    case .parties: ["tipo", "contraparte"]
    }
  }

  /// What a row is, in Spanish and in English.
  public var explanation: (spanish: String, english: String) {
    switch self {
    case .entries:
      ("Una parte de una partida de importación.", "A part of a line of an import.")
    case .exits:
      (
        "Una parte de una partida de exportación, de un cambio de régimen o de un acta.",
        "A part of a line of an export, a change of regime or an act of destruction."
      )
    case .balances:
      (
        "Lo que queda de una partida de entrada en una planta.",
        "What is left of an entry line at a plant."
      )
    case .discharges:
      ("Lo que una salida tomó de una entrada.", "What an exit took of an entry.")
    case .shortages:
      (
        "Lo que una salida pidió y ninguna entrada pudo dar.",
        "What an exit asked for and no entry could give."
      )
    case .transfers:
      (
        "Un documento que es un lado de una transferencia virtual (V1).",
        "A document that is a side of a virtual transfer (V1)."
      )
    case .scrap:
      (
        "El desperdicio de una partida de entrada en una planta.",
        "The scrap of an entry line at a plant."
      )
    case .disposals:
      (
        "Lo que una disposición tomó del desperdicio de una entrada.",
        "What a disposal took of an entry's scrap."
      )
    case .destructions:
      (
        "Lo que un acta de destrucción tomó de una entrada.",
        "What an act of destruction took of an entry."
      )
    case .submanufacture:
      ("Mercancía enviada a un submaquilador.", "Goods sent to a sub-manufacturer.")
    case .conservation:
      (
        "Una parte de una empresa: lo que entró contra lo que hay y lo que salió.",
        "A part of a company: what came in against what is there and what went out."
      )
    case .moves:
      ("Un traslado entre plantas de la empresa.", "A move between plants of the company.")
    case .withdrawals:
      ("Un hecho que se retiró.", "A fact that was withdrawn.")
    case .pending:
      ("Un hecho que espera o fue rechazado.", "A fact that waits or was rejected.")
    case .byTariffItem, .byPart, .aging, .assets: sumExplanation
    case .taxpayers:
      ("Una planta de una empresa, como se conoce ahora.", "A plant of a company, as known now.")
    case .materials:
      (
        "Un número de parte de material o de activo fijo, como se conoce ahora.",
        "A part number of a material or of machinery, as known now."
      )
    case .products:
      ("Un número de parte de producto, como se conoce ahora.", "A product, as known now.")
    case .bills:
      (
        "Un componente de una versión de una estructura, como se conoce ahora.",
        "A component of a version of a bill of materials, as known now."
      )
    case .parties:
      (
        "Con quién comercia la empresa o quién trabaja para ella, como se conoce ahora.",
        "Whom the company trades with or has work for it, as known now."
      )
    }
  }

  private var sumExplanation: (spanish: String, english: String) {
    switch self {
    case .byTariffItem:
      ("Los saldos de una fracción arancelaria.", "The balances of a tariff item.")
    case .byPart:
      ("Los saldos de una parte en una planta.", "The balances of a part at a plant.")
    case .aging:
      (
        "Lo que queda en una planta y vence en los mismos días.",
        "What is left at a plant and is due within the same days."
      )
    default:
      (
        "Una partida de entrada de activo fijo en una planta.",
        "An entry line of machinery or equipment at a plant."
      )
    }
  }
}
