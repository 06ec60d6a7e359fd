/// The columns of what was taken of what.
extension TrailTable {
  private static let step = ReportColumn(
    "paso", .integer, from: ReportColumn.computed,
    es: "A cuántos traslados o transferencias está de lo que se preguntó.",
    en: "How many moves or transfers away from what was asked it is.")
  private static let account = ReportColumn(
    "cuenta", from: ReportColumn.computed,
    es: "existencia o desperdicio: de cuál de las dos cuentas es.",
    en: "existencia (stock) or desperdicio (scrap): which account it is of.")
  private static let lotName = ReportColumn(
    "lote", from: ReportColumn.computed,
    es: "Nombre del lote: partición y número en saldo.ledger.",
    en: "Name of the lot: partition and number on saldo.ledger.")
  static let received = ReportColumn(
    "recibido", .instant, from: "the log's own time",
    es: "Cuándo se recibió lo que lo causó.", en: "When what caused it was received.")

  /// What a posting says as `descargos.csv` does.
  private static let taken: Set = [
    "fecha_salida", "fecha_entrada", "incorporado", "merma", "desperdicio", "unidad", "valor_mxn",
  ]

  static let postingColumns: [ReportColumn] =
    [step, .rfc, .companyName, .plant]
    + ReportFile.dischargeColumns.filter { ["documento_salida", "linea_salida"].contains($0.name) }
    + [.clave, .part]
    + ReportFile.dischargeColumns.filter { $0.name == "producto" }
    + [
      ReportColumn(
        "planta_destino", from: "immex.stock.v1: toPlant",
        es: "De un traslado, la planta a la que va.", en: "Of a move, the plant that it goes to."),
      account, .dischargedEntry, .dischargedLine,
    ]
    + ReportFile.dischargeColumns.filter { taken.contains($0.name) } + [
      ReportColumn(
        "asiento", from: ReportColumn.computed,
        es: "Nombre del asiento: partición y número en saldo.ledger.",
        en: "Name of the posting: partition and number on saldo.ledger."),
      lotName,
      ReportColumn(
        "particion", .integer, from: ReportColumn.computed,
        es: "Partición de saldo.ledger en la que está.",
        en: "Partition of saldo.ledger that it lies in."),
      ReportColumn(
        "offset", .integer, from: ReportColumn.computed,
        es: "Offset del mensaje de saldo.ledger que lo tiene.",
        en: "Offset of the message on saldo.ledger that has it."),
      received,
      ReportColumn(
        "registrado", .instant, from: "the log's own time",
        es: "Cuándo quedó en el libro; vacío donde el registro no lo dice.",
        en: "When it was posted; empty where the log does not say."),
    ]

  static let lotColumns: [ReportColumn] = [
    step, .rfc, .companyName, .plant, .part, .entryPedimento, .entryLine, .clave, .entryDay,
    .dueDay,
    .quantity("cantidad", es: "Lo que abrió el lote.", en: "What the lot was opened with."),
    .quantity("descargado", es: "Lo que tomaron salidas y actas.", en: "What exits and acts took."),
    .quantity("trasladado", es: "Lo que llevaron traslados.", en: "What moves took."),
    .quantity("saldo", es: "Lo que queda del lote.", en: "What is left of the lot."),
    .unit,
    .money("valor_mxn", es: "Valor de lo que abrió el lote.", en: "Value of what opened the lot."),
    .money("valor_saldo_mxn", es: "Valor de lo que queda.", en: "Value of what is left."),
    account,
    ReportColumn(
      "origen", from: ReportColumn.computed,
      es: "entrada, traslado o salida (que dejó el desperdicio).",
      en: "entrada (an entry), traslado (a move) or salida (an exit, which left the scrap)."),
    ReportColumn(
      "origen_documento", from: ReportColumn.computed,
      es: "El documento del traslado o de la salida.", en: "The move's or the exit's document."),
    ReportColumn(
      "origen_linea", .integer, from: ReportColumn.computed,
      es: "Su renglón.", en: "Its line there."),
    ReportColumn(
      "origen_fecha", .day, from: ReportColumn.computed, es: "Su fecha.", en: "Its day then."),
    ReportColumn(
      "liga", from: ReportColumn.computed,
      es: "Cómo se llegó por una transferencia: parte (mismo número) o documento (todo él).",
      en: "How a transfer leads here: parte (the same part number) or documento (all of it)."),
    lotName,
  ]

  static let transferColumns: [ReportColumn] = [
    ReportColumn(
      "transferencia", from: ReportColumn.computed,
      es: "Identificador de la transferencia.", en: "Identifier of the transfer."),
    ReportColumn(
      "rfc_transfiere", from: "immex.pedimento.v1: rfc",
      es: "RFC de quien transfiere.", en: "Taxpayer number of the sender."),
    ReportColumn(
      "pedimento_transfiere", from: "immex.pedimento.v1: pedimento",
      es: "Pedimento de quien transfiere.", en: "The sender's pedimento."),
    ReportColumn(
      "rfc_recibe", from: "immex.pedimento.v1: counterparty.rfc",
      es: "RFC de quien recibe.", en: "Taxpayer number of the receiver."),
    ReportColumn(
      "pedimento_recibe", from: "immex.pedimento.v1: counterparty.pedimento",
      es: "Pedimento de quien recibe.", en: "The receiver's pedimento."),
    ReportColumn(
      "estado", from: ReportColumn.computed, es: "pareada o difiere.",
      en: "pareada (both sides agree) or difiere (they do not)."),
    ReportColumn(
      "forma", from: ReportColumn.computed,
      es: "Qué las parea: persona, referencia o mercancia.",
      en: "What pairs them: persona (somebody), referencia (one names the other) or mercancia."),
  ]
}
