/// Columns that several reports have.
extension ReportColumn {
  private static let onEveryReport = "Anexo 24 RGCE, apartado A"
  static let timeLimits = "Ley Aduanera, art. 108"

  static let rfc = ReportColumn(
    "rfc", from: "immex.company.v1: rfc", law: onEveryReport,
    es: "RFC de la empresa de la que son los libros.",
    en: "Taxpayer number of the company whose books these are.")
  static let companyName = ReportColumn(
    "razon_social", from: "immex.company.v1: name", law: onEveryReport,
    es: "Razón social de la empresa, como se conoce ahora.",
    en: "Legal name of the company, as it is known now.")
  static let plant = ReportColumn(
    "planta", from: "immex.plant.v1: plant",
    es: "Clave de la planta.", en: "Code of the plant.")
  static let part = ReportColumn(
    "numero_parte", from: "immex.part.v1: part",
    es: "Número de parte, como lo lleva la empresa.", en: "Part number, as the company has it.")
  static let unit = ReportColumn(
    "unidad", from: "immex.part.v1: uom", law: "Anexo 22 RGCE, apéndice 7",
    es: "Unidad base de la parte, en la que están las cantidades.",
    en: "Base unit of the part, which the quantities are in.")
  static let lineUnit = ReportColumn(
    "unidad", from: "immex.pedimento.v1: lines[].uom", law: "Anexo 22 RGCE, apéndice 7",
    es: "Unidad de medida de comercialización del renglón.",
    en: "Commercial unit of the line.")

  static let entryPedimento = ReportColumn(
    "pedimento", from: "immex.pedimento.v1: pedimento",
    es: "Número del pedimento de entrada, quince dígitos.",
    en: "Number of the entry's pedimento, fifteen digits.")
  static let entryLine = ReportColumn(
    "linea", .integer, from: "immex.pedimento.v1: lines[].line",
    es: "Secuencia de la partida en el pedimento.", en: "Number of the line in the pedimento.")
  static let entryDay = ReportColumn(
    "fecha_entrada", .day, from: "immex.pedimento.v1: paidOn",
    es: "Fecha de pago del pedimento; de una rectificación, la del original.",
    en: "Day on which the pedimento was paid; of a rectification, the original's.")
  static let dueDay = ReportColumn(
    "fecha_vencimiento", .day, from: computed, law: timeLimits,
    es: "Último día en que puede descargarse; vacío donde no hay plazo.",
    en: "Last day on which it may be discharged; empty where there is no limit.")
  static let clave = ReportColumn(
    "clave", from: "immex.pedimento.v1: clave",
    es: "Clave del documento; de una rectificación, la del original; ACT para un acta.",
    en: "Key of the document; of a rectification the original's; ACT for an act of destruction.")
  static let tariffItem = ReportColumn(
    "fraccion", from: "immex.pedimento.v1: lines[].tariffItem",
    es: "Fracción arancelaria del renglón, ocho dígitos.",
    en: "Tariff item of the line, eight digits.")
  static let nico = ReportColumn(
    "nico", from: "immex.pedimento.v1: lines[].nico",
    es: "Número de identificación comercial, dos dígitos.",
    en: "Commercial identification number, two digits.")

  static let dischargedEntry = ReportColumn(
    "pedimento_entrada", from: "immex.pedimento.v1: pedimento",
    es: "Pedimento de la entrada de la que se tomó; vacío donde no se encontró ninguna.",
    en: "Pedimento of the entry that was drawn on; empty where none was found.")
  static let dischargedLine = ReportColumn(
    "linea_entrada", .integer, from: "immex.pedimento.v1: lines[].line",
    es: "Partida de la entrada de la que se tomó.", en: "Line of the entry that was drawn on.")
  static let disposalLine = ReportColumn(
    "linea", .integer, from: "immex.destruction.v1: lines[].line",
    es: "Renglón del documento.", en: "Line of the document.")
  static let taken = quantity(
    "cantidad", es: "Lo que se tomó de la entrada.", en: "What was taken of the entry.")
  static let notFound = quantity(
    "faltante", es: "Lo que el documento pidió y ninguna entrada pudo dar.",
    en: "What the document asked for and no entry could give.")
  static let takenValue = money(
    "valor_mxn", es: "Valor de lo tomado: la parte que le toca del valor de la partida.",
    en: "Value of what was taken: its share of the value of the entry's line.")
}
