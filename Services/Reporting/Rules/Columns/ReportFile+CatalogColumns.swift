/// The columns of the catalogues.
extension ReportFile {
  /// Part numbers are nobody's in particular.
  private static let owner: [ReportColumn] = [
    ReportColumn(
      "rfc", from: "immex.company.v1: rfc",
      es: "RFC de la empresa, donde solo hay una.",
      en: "Taxpayer number of the company, where there is but one."),
    .companyName,
  ]

  static let taxpayerColumns: [ReportColumn] =
    [
      .rfc, .companyName,
      ReportColumn(
        "programa", from: "immex.company.v1: immexProgram",
        es: "Número del programa IMMEX.", en: "Number of the IMMEX programme."),
      ReportColumn(
        "certificacion", from: "immex.company.v1: certification",
        es: "A, AA, AAA u OEA; vacío sin certificación.",
        en: "A, AA, AAA or OEA; empty without a certification."),
      .plant,
      ReportColumn(
        "nombre", from: "immex.plant.v1: name", es: "Nombre de la planta.", en: "Name of the plant."
      ),
      ReportColumn(
        "direccion", from: "immex.plant.v1: address",
        es: "Domicilio de la planta.", en: "Address of the plant."),
      ReportColumn(
        "zona_horaria", from: "immex.plant.v1: timeZone",
        es: "Zona horaria (IANA); vacío si es America/Mexico_City.",
        en: "Time zone (IANA); empty if it is America/Mexico_City."),
      ReportColumn(
        "tipo_domicilio", from: "immex.plant.v1: kind",
        es: "planta o bodega; vacío donde nadie lo dijo.",
        en: "planta (plant) or bodega (warehouse); empty where nobody said it."),
    ] + address("immex.plant.v1: address", "", "de la planta", "of the plant")
    + address("immex.company.v1: fiscalAddress", "_fiscal", "fiscal", "of the tax office")

  static let partyColumns: [ReportColumn] =
    owner + [
      ReportColumn(
        "tipo", from: "immex.party.v1: kind",
        es: "proveedor, cliente, agente_aduanal o transportista.",
        en: "proveedor (supplier), cliente (customer), agente_aduanal (broker) or transportista "
          + "(carrier)."),
      ReportColumn(
        "contraparte", from: "immex.party.v1: party",
        es: "Su RFC o número de identificación fiscal.", en: "Its RFC or tax number."),
      ReportColumn(
        "nombre", from: "immex.party.v1: name", es: "Nombre de la contraparte.",
        en: "Name of the party."),
      ReportColumn(
        "pais", from: "immex.party.v1: country", es: "País de la contraparte.",
        en: "Country of the party."),
    ] + address("immex.party.v1: address", "", "de la contraparte", "of the party")

  /// The columns of an address in parts.
  private static func address(
    _ source: String, _ ending: String, _ spanish: String, _ english: String
  ) -> [ReportColumn] {
    let parts = [
      ("calle", "street", "Calle", "Street"), ("numero", "number", "Número", "Number"),
      ("codigo_postal", "postalCode", "Código postal", "Postal code"),
      ("municipio", "municipality", "Municipio o alcaldía", "Municipality"),
      ("entidad", "state", "Entidad federativa", "State"),
    ]
    return parts.map { name, field, es, en in
      ReportColumn(
        name + ending, from: "\(source).\(field)", es: "\(es) del domicilio \(spanish).",
        en: "\(en) of the address \(english).")
    }
  }

  private static let tariffUnit = ReportColumn(
    "unidad_tarifa", from: "immex.part.v1: tariffUom", law: "Anexo 22 RGCE, apéndice 7",
    es: "Unidad de la tarifa; vacío donde nadie la dijo.",
    en: "Unit of the tariff; empty where nobody said it.")

  private static let partColumns: [ReportColumn] =
    owner + [
      .part, partDescription,
      ReportColumn(
        "fraccion", from: "immex.part.v1: tariffItem", es: "Fracción arancelaria de la parte.",
        en: "Tariff item of the part."),
      ReportColumn(
        "nico", from: "immex.part.v1: nico",
        es: "Número de identificación comercial de la parte.",
        en: "Commercial identification number of the part."),
      ReportColumn(
        "unidad", from: "immex.part.v1: uom", law: "Anexo 22 RGCE, apéndice 7",
        es: "Unidad base de la parte.", en: "Base unit of the part."),
    ]

  private static let category = ReportColumn(
    "categoria", from: "immex.part.v1: category", law: ReportColumn.timeLimits,
    es: "Fracción del artículo 108 de la que es.", en: "Fraction of article 108 that it is of.")

  static let materialColumns: [ReportColumn] =
    partColumns + [
      ReportColumn(
        "tipo", from: "immex.part.v1: kind", es: "material o activo.",
        en: "material (materials) or activo (machinery)."),
      category,
      ReportColumn(
        "conversiones", from: "immex.part.v1: conversions",
        es: "Otras unidades, y cuántas unidades base es cada una.",
        en: "Other units, and how many base units each of them is."),
      tariffUnit,
    ]

  static let productColumns: [ReportColumn] =
    partColumns + [
      category,
      ReportColumn(
        "version_vigente", from: "immex.bom.v1: version",
        es: "Versión de la estructura general vigente en el día del reporte.",
        en: "Version of the general bill of materials in force on the day of the report."),
      ReportColumn(
        "vigente_desde", .day, from: "immex.bom.v1: validFrom",
        es: "Primer día de esa versión.", en: "First day of that version."),
      tariffUnit,
    ]

  static let billColumns: [ReportColumn] =
    owner + [
      ReportColumn(
        "producto", from: "immex.bom.v1: product",
        es: "Producto o subensamble.", en: "Product or sub-assembly."),
      ReportColumn(
        "version", from: "immex.bom.v1: version",
        es: "Versión de la estructura.", en: "Version of the bill of materials."),
      ReportColumn(
        "vigente_desde", .day, from: "immex.bom.v1: validFrom",
        es: "Primer día de la versión.", en: "First day of the version."),
      ReportColumn(
        "planta", from: "immex.bom.v1: plant",
        es: "Planta de la que es; vacío si es de todas.",
        en: "Plant that it is of; empty if of all."),
      ReportColumn(
        "componente", from: "immex.bom.v1: components[].part",
        es: "Número de parte del componente.", en: "Part number of the component."),
      .quantity(
        "por_unidad", from: "immex.bom.v1: components[].perUnit",
        es: "Lo que queda en una unidad del producto.",
        en: "What is in one unit of the product."),
      .quantity(
        "merma", from: "immex.bom.v1: components[].waste",
        es: "Lo que se pierde por unidad.", en: "What is lost for one unit."),
      .quantity(
        "desperdicio", from: "immex.bom.v1: components[].scrap",
        es: "Lo que queda como residuo por unidad.", en: "What is left as scrap for one unit."),
      .unit,
    ]
}
