/// The columns of virtual transfers, and of facts that do not count.
extension ReportFile {
  static let transferColumns: [ReportColumn] = [
    .rfc, .companyName,
    ReportColumn(
      "papel", from: ReportColumn.computed,
      es: "Si la empresa transfiere o recibe.", en: "Whether the company sends or receives."),
    ReportColumn(
      "pedimento", from: "immex.pedimento.v1: pedimento",
      es: "Pedimento V1 de la empresa.", en: "The company's pedimento V1."),
    ReportColumn(
      "fecha", .day, from: "immex.pedimento.v1: paidOn", es: "Su fecha de pago.",
      en: "The day on which it was paid."),
    .money(
      "valor_mxn", from: "immex.pedimento.v1: lines[].valueMXN",
      es: "Valor de sus renglones.", en: "Value of its lines."),
    ReportColumn(
      "contraparte_rfc", from: "immex.pedimento.v1: counterparty.rfc",
      es: "RFC de la otra empresa.", en: "Taxpayer number of the other company."),
    ReportColumn(
      "contraparte_razon_social", from: "immex.company.v1: name",
      es: "Razón social de la otra empresa, donde se conoce.",
      en: "Legal name of the other company, where it is known."),
    ReportColumn(
      "contraparte_pedimento", from: "immex.pedimento.v1: counterparty.pedimento",
      es: "Pedimento del otro lado.", en: "Pedimento of the other side."),
    ReportColumn(
      "contraparte_fecha", .day, from: "immex.pedimento.v1: paidOn",
      es: "Fecha de pago del otro lado.", en: "The day on which the other side was paid."),
    .money(
      "contraparte_valor_mxn", from: "immex.pedimento.v1: lines[].valueMXN",
      es: "Valor del otro lado.", en: "Value of the other side."),
    ReportColumn(
      "estado", from: ReportColumn.computed,
      es: "solo_transfiere, solo_recibe, por_confirmar, pareada, difiere o vencida.",
      en: "solo_transfiere (sender only), solo_recibe (receiver only), por_confirmar (to be "
        + "confirmed), pareada (paired), difiere (differs) or vencida (overdue)."),
    ReportColumn(
      "provisional", from: ReportColumn.computed,
      es: "Si lo que descarga quien transfiere es provisional: si o no.",
      en: "Whether what the sender discharges is provisional: si or no."),
    ReportColumn(
      "difiere", from: ReportColumn.computed,
      es: "En qué difieren los lados: mercancia, cantidad, valor.",
      en: "In what the sides differ: mercancia (goods), cantidad (quantity), valor (value)."),
    ReportColumn(
      "forma", from: ReportColumn.computed,
      es: "Cómo se parearon: persona, referencia o mercancia.",
      en: "How they were paired: persona (a person), referencia (reference), mercancia (goods)."),
    ReportColumn(
      "dias", .integer, .days, from: ReportColumn.computed,
      es: "Días entre los dos lados, o desde el que está solo.",
      en: "Days between the two sides, or since the one that is alone."),
    .money(
      "valor_descargado_mxn", es: "Valor de lo que descargó quien transfiere.",
      en: "Value of what the sender has discharged."),
    ReportColumn(
      "candidatos", from: ReportColumn.computed,
      es: "Documentos que pueden ser el otro lado.",
      en: "Documents that may be the other side."),
    ReportColumn(
      "confirmada_por", from: "immex.transfer.decision.v1: decidedBy",
      es: "Quién la confirmó.", en: "Who confirmed it."),
    ReportColumn(
      "confirmada_en", .instant, from: "immex.transfer.decision.v1, CloudEvents time",
      es: "Cuándo se confirmó.", en: "When it was confirmed."),
    ReportColumn(
      "motivo", from: "immex.transfer.decision.v1: reason",
      es: "Por qué se confirmó.", en: "Why it was confirmed."),
    ReportColumn(
      "transferencia", from: ReportColumn.computed,
      es: "Identificador de la transferencia.", en: "Identifier of the transfer."),
  ]

  static let withdrawalColumns: [ReportColumn] = [
    ReportColumn(
      "source", from: "immex.withdrawal.v1: source",
      es: "Origen del evento retirado.", en: "Source of the event that was withdrawn."),
    ReportColumn(
      "id", from: "immex.withdrawal.v1: id",
      es: "Identificador del evento retirado.", en: "Id of the event that was withdrawn."),
    ReportColumn(
      "pedimento", from: "immex.withdrawal.v1: pedimento",
      es: "Pedimento del renglón retirado.", en: "Pedimento of the row that was withdrawn."),
    ReportColumn(
      "linea", .integer, from: "immex.withdrawal.v1: line",
      es: "Secuencia del renglón retirado.", en: "Line of the row that was withdrawn."),
    ReportColumn(
      "numero_parte", from: "immex.withdrawal.v1: part",
      es: "Parte del renglón retirado.", en: "Part of the row that was withdrawn."),
    ReportColumn(
      "tipo", from: ReportColumn.computed,
      es: "Tipo del evento retirado, donde se conoce.",
      en: "Type of the event that was withdrawn, where it is known."),
    ReportColumn(
      "documento", from: ReportColumn.computed,
      es: "Documento del hecho retirado.", en: "Document of the fact that was withdrawn."),
    ReportColumn(
      "motivo", from: "immex.withdrawal.v1: reason",
      es: "Por qué se retiró.", en: "Why it was withdrawn."),
    ReportColumn(
      "por", from: "immex.withdrawal.v1: by", es: "Quién lo retiró.", en: "Who withdrew it."),
    ReportColumn(
      "fecha", .instant, from: "immex.withdrawal.v1, CloudEvents time", es: "Cuándo se retiró.",
      en: "When it was withdrawn."),
    ReportColumn(
      "retiro_source", from: "immex.withdrawal.v1, CloudEvents source",
      es: "Origen del retiro.", en: "Source of the withdrawal."),
    ReportColumn(
      "retiro_id", from: "immex.withdrawal.v1, CloudEvents id",
      es: "Identificador del retiro.", en: "Id of the withdrawal."),
    ReportColumn(
      "estado", from: ReportColumn.computed, es: "retirado, cancelado o en_espera.",
      en: "retirado (withdrawn), cancelado (counts again) or en_espera (the fact is not known)."),
    .rfc, .companyName, .plant,
  ]

  static let pendingColumns: [ReportColumn] = [
    ReportColumn(
      "id", from: "CloudEvents id", es: "Identificador del evento.", en: "Id of the event."),
    ReportColumn(
      "source", from: "CloudEvents source", es: "Origen del evento.", en: "Source of the event."),
    ReportColumn(
      "type", from: "CloudEvents type", es: "Tipo del evento.", en: "Type of the event."),
    ReportColumn(
      "motivo", from: ReportColumn.computed,
      es: "Por qué espera o fue rechazado: código, campo y valor.",
      en: "Why it waits or was rejected: code, field and value."),
    ReportColumn(
      "recibido", .instant, from: "the log's own time",
      es: "Cuándo se recibió.", en: "When it was received."),
    ReportColumn(
      "archivo", from: "the file's name",
      es: "Archivo del que viene.", en: "File that it comes from."),
    ReportColumn(
      "renglon", .integer, from: "the file's line", es: "Renglón del archivo.",
      en: "Line of the file."),
    ReportColumn(
      "pedimento", from: "immex.pedimento.v1: pedimento",
      es: "Pedimento del que trata, donde puede leerse.",
      en: "Pedimento that it is about, as far as it can be read."),
    .rfc, .companyName, .plant,
  ]
}
