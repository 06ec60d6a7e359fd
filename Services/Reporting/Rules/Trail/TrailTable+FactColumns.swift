/// The columns of documents, bills of materials, events, and what is left out.
extension TrailTable {
  static let documentColumns: [ReportColumn] = [
    ReportColumn(
      "papel", from: ReportColumn.computed, es: "entrada, salida o traslado.",
      en: "entrada (an entry), salida (an exit) or traslado (a move)."),
    .rfc, .companyName, .plant,
    ReportColumn(
      "documento",
      from: "immex.pedimento.v1: pedimento | immex.destruction.v1: acta | immex.stock.v1: document",
      es: "Pedimento, acta o documento del traslado.",
      en: "Pedimento, act of destruction or document of the move."),
    .clave,
    ReportColumn(
      "linea", .integer, from: "immex.pedimento.v1: lines[].line",
      es: "Renglón del documento; vacío de un traslado.",
      en: "Line of the document; empty of a move."),
    .part,
    ReportColumn(
      "fecha", .day, from: "immex.pedimento.v1: paidOn | immex.destruction.v1: destroyedOn",
      es: "Día que cuenta en los libros.", en: "Day that counts in the books."),
    .tariffItem, .nico,
    .quantity(
      "cantidad", from: "immex.pedimento.v1: lines[].quantity",
      es: "Cantidad del renglón.", en: "Quantity of the line."),
    .lineUnit,
    .money(
      "valor_mxn", from: "immex.pedimento.v1: lines[].valueMXN",
      es: "Valor del renglón.", en: "Value of the line."),
    ReportColumn(
      "pais_origen", from: "immex.pedimento.v1: lines[].originCountry",
      es: "País de origen.", en: "Country of origin."),
    .dueDay,
    ReportColumn(
      "planta_destino", from: "immex.stock.v1: toPlant",
      es: "De un traslado, la planta a la que va.", en: "Of a move, the plant that it goes to."),
    ReportColumn(
      "aviso", from: "immex.stock.v1: aviso", es: "De un traslado, el folio del aviso.",
      en: "Of a move, the folio of its notice."),
    received,
  ]

  static let billColumns: [ReportColumn] = [
    ReportColumn(
      "producto_salida", from: "immex.bom.v1: product",
      es: "Producto que salió.", en: "Product that went out."),
    .plant,
    ReportColumn(
      "fecha_salida", .day, from: "immex.pedimento.v1: paidOn",
      es: "Día de la salida.", en: "Day of the exit."),
    ReportColumn(
      "producto", from: "immex.bom.v1: product",
      es: "Producto de la estructura: el que salió, o un subensamble de él.",
      en: "Product of the bill: the one that went out, or a sub-assembly of it."),
    ReportColumn(
      "version", from: "immex.bom.v1: version", es: "Versión en vigor ese día en la planta.",
      en: "Version in force on that day at the plant."),
    ReportColumn(
      "vigente_desde", .day, from: "immex.bom.v1: validFrom",
      es: "Primer día de la versión.", en: "First day of the version."),
    ReportColumn(
      "planta_estructura", from: "immex.bom.v1: plant",
      es: "Planta de la estructura; vacío si es de todas.",
      en: "Plant that the bill is of; empty if of all."),
    ReportColumn(
      "source", from: "CloudEvents source", es: "Origen del evento.", en: "Source of the event."),
    ReportColumn(
      "id", from: "CloudEvents id", es: "Identificador del evento.", en: "Id of the event."),
    ReportColumn(
      "ocurrido", .instant, from: "CloudEvents time", es: "Hora que dice el evento.",
      en: "Time that the event says."),
  ]

  static let eventColumns: [ReportColumn] = [
    .rfc,
    ReportColumn(
      "documento", from: ReportColumn.computed,
      es: "Documento del que trata.", en: "Document that it is about."),
    ReportColumn(
      "type", from: "CloudEvents type", es: "Tipo del evento.", en: "Type of the event."),
    ReportColumn(
      "cuenta", from: ReportColumn.computed,
      es: "si, o no donde otra versión cuenta en su lugar o se retiró.",
      en: "si (counts), or no where another version counts instead of it or it was withdrawn."),
    ReportColumn(
      "source", from: "CloudEvents source", es: "Origen del evento.", en: "Source of the event."),
    ReportColumn(
      "id", from: "CloudEvents id", es: "Identificador del evento.", en: "Id of the event."),
    ReportColumn(
      "ocurrido", .instant, from: "CloudEvents time", es: "Hora que dice el evento.",
      en: "Time that the event says."),
    ReportColumn(
      "recibido", .instant, from: "the log's own time", es: "Cuándo se recibió.",
      en: "When it was received."),
    ReportColumn(
      "archivo", from: "the file's name", es: "Archivo del que viene.",
      en: "File that it comes from."),
    ReportColumn(
      "renglon", .integer, from: "the file's line", es: "Renglón del archivo.",
      en: "Line of the file."),
    ReportColumn(
      "topic", from: ReportColumn.computed, es: "Topic en el que está como llegó.",
      en: "Topic that it lies in as it came."),
    ReportColumn(
      "particion", .integer, from: ReportColumn.computed, es: "Partición del topic.",
      en: "Partition of the topic."),
    ReportColumn(
      "offset", .integer, from: ReportColumn.computed, es: "Offset en la partición.",
      en: "Offset in the partition."),
  ]

  static let cutColumns: [ReportColumn] = [
    ReportColumn(
      "tabla", from: ReportColumn.computed, es: "Tabla en la que falta algo.",
      en: "Table in which something is missing."),
    ReportColumn(
      "limite", .integer, from: ReportColumn.computed,
      es: "Cuántos renglones caben; vacío donde no es por eso.",
      en: "How many rows there may be; empty where that is not why."),
    ReportColumn(
      "motivo", from: ReportColumn.computed, es: "Por qué falta.", en: "Why it is missing."),
  ]
}
