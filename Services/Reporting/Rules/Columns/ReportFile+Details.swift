import Messages

/// The columns of details, behind those that every report of its kind has.
extension ReportFile {
  /// Of a report with lines of documents, what they say beside; nothing for any other.
  public var details: [DetailColumn] {
    switch self {
    case .entries: Self.entryDetails
    case .exits: Self.exitDetails
    case .assets: Self.assetDetails
    default: []
    }
  }

  private static let entryDetails =
    ofDocument + [
      enteredOn, description, brand, model, serial,
      .init(
        .line(.supplier), "proveedor", from: "lines[].supplier",
        es: "Quien envió la mercancía.", en: "Who sent the goods."),
    ] + invoices + [
      .init(
        .line(.sellerCountry), "pais_vendedor", from: "lines[].sellerCountry",
        es: "País del vendedor.", en: "Country of the seller.")
    ] + duty + [
      .init(
        .line(.customsValueMXN), "valor_aduana_mxn", .decimal, .pesos,
        from: "lines[].customsValueMXN", es: "Valor en aduana del renglón.",
        en: "Customs value of the line.")
    ] + tariff + [assetTag, location]

  private static let exitDetails =
    ofDocument + [
      description, brand, model, serial,
      .init(
        .line(.customer), "cliente", from: "lines[].customer",
        es: "Quien recibió la mercancía.", en: "Who received the goods."),
    ] + invoices + duty + tariff

  private static let assetDetails =
    [
      brand, model, serial, assetTag, location, transportDocument,
    ] + invoices + duty

  private static let ofDocument: [DetailColumn] = [
    .init(
      .customsOffice, "aduana", from: "customsOffice | pedimento",
      es: "Aduana o sección, como la dice el documento; si no, la de su número.",
      en: "Customs office as the document says it, or else that of its number."),
    .init(
      .licence, "patente", from: "pedimento",
      es: "Patente del agente aduanal, del número.", en: "Licence of the broker, of the number."),
    .init(
      .document(.broker), "agente_aduanal", from: "broker",
      es: "Agente o agencia aduanal.", en: "Customs broker."),
    .init(
      .document(.clearedOn), "fecha_despacho", .day, from: "clearedAt",
      es: "Día del despacho.", en: "Day on which the goods were cleared."),
    transportDocument,
    .init(
      .document(.notice), "aviso_consolidado", from: "consolidated.notice",
      es: "Aviso electrónico del pedimento consolidado.",
      en: "Notice of a consolidated pedimento."),
    .init(
      .document(.crossedOn), "fecha_cruce", .day, from: "consolidated.crossedOn",
      es: "Día del cruce de ese aviso.", en: "Day on which its goods crossed."),
  ]

  private static let transportDocument = DetailColumn(
    .document(.transportDocument), "guia_o_conocimiento", from: "transportDocument",
    es: "Guía aérea o conocimiento de embarque.", en: "Waybill or bill of lading.")
  private static let enteredOn = DetailColumn(
    .document(.enteredOn), "fecha_entrada_declarada", .day, from: "enteredOn",
    es: "Fecha de entrada declarada; no es la de pago.",
    en: "Day of entry that was declared; not that of the payment.")
  private static let description = DetailColumn(
    .line(.description), "descripcion_pedimento", from: "lines[].description",
    es: "Descripción de la mercancía en el pedimento.",
    en: "What the pedimento says that the goods are.")
  private static let brand = DetailColumn(
    .line(.brand), "marca", from: "lines[].brand", es: "Marca de la mercancía.",
    en: "Brand of the goods.")
  private static let model = DetailColumn(
    .line(.model), "modelo", from: "lines[].model", es: "Modelo de la mercancía.",
    en: "Model of the goods.")
  private static let serial = DetailColumn(
    .line(.serial), "serie", from: "lines[].serial", es: "Número de serie.", en: "Serial number.")
  private static let assetTag = DetailColumn(
    .line(.assetTag), "etiqueta", from: "lines[].assetTag",
    es: "Etiqueta de activo de la empresa.", en: "The company's own tag of the asset.")
  private static let location = DetailColumn(
    .line(.location), "ubicacion", from: "lines[].location",
    es: "Dónde está el activo.", en: "Where the asset stands.")

  private static let invoices: [DetailColumn] = [
    .init(
      .line(.invoice), "factura", from: "lines[].invoices[].number",
      es: "Facturas del renglón; de Data Stage, las del pedimento.",
      en: "Invoices of the line; of Data Stage, those of the pedimento."),
    .init(
      .line(.invoiceDate), "fecha_factura", from: "lines[].invoices[].date",
      es: "Sus fechas.", en: "Their days."),
    .init(
      .line(.cove), "cove", from: "lines[].invoices[].cove",
      es: "Sus comprobantes de valor electrónico (COVE).",
      en: "Their electronic documents of value (COVE)."),
  ]

  private static let duty: [DetailColumn] = [
    .init(
      .line(.dutyRate), "tasa", from: "lines[].dutyRate",
      es: "Tasa del impuesto general.", en: "Rate of the import or export duty."),
    .init(
      .line(.dutyRateKind), "tipo_tasa", from: "lines[].dutyRateKind",
      es: "De qué tipo es la tasa.", en: "What kind of rate that is."),
    .init(
      .line(.formOfPayment), "forma_pago", from: "lines[].formOfPayment",
      es: "Forma de pago del impuesto general.", en: "How that duty is paid."),
  ]

  private static let tariff: [DetailColumn] = [
    .init(
      .line(.tariffQuantity), "cantidad_tarifa", .decimal, .ofTariff,
      from: "lines[].tariffQuantity",
      es: "Cantidad en la unidad de la tarifa.", en: "Quantity in the unit of the tariff."),
    .init(
      .line(.tariffUom), "unidad_tarifa", from: "lines[].tariffUom",
      es: "Unidad de la tarifa.", en: "Unit of the tariff."),
    .init(
      .line(.valueUSD), "valor_usd", .decimal, .dollars, from: "lines[].valueUSD",
      es: "Valor en dólares.", en: "Value in US dollars."),
  ]
}
