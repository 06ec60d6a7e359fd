/// The columns of what is at sub-manufacturers or moves between plants, and of conservation.
extension ReportFile {
  static let submanufactureColumns: [ReportColumn] = [
    .rfc, .companyName, .plant,
    ReportColumn(
      "submaquilador", from: "immex.submanufacture.v1: submanufacturer",
      es: "Clave del submaquilador.", en: "Code of the sub-manufacturer."),
    ReportColumn(
      "nombre", from: "immex.submanufacturer.v1: name",
      es: "Nombre del submaquilador en el catálogo.",
      en: "Name of the sub-manufacturer in the catalogue."),
    ReportColumn(
      "lugar", from: "immex.submanufacturer.v1: site",
      es: "Domicilio registrado donde trabaja.", en: "Registered site where it works."),
    .part,
    ReportColumn(
      "documento", from: "immex.submanufacture.v1: document",
      es: "Documento con el que se envió; de lo devuelto sin envío, con el que volvió.",
      en: "Document by which the goods went; of what came back without having gone, came back."),
    ReportColumn(
      "aviso", from: "immex.submanufacture.v1: noticeFolio",
      es: "Folio del aviso.", en: "Folio of the notice."),
    ReportColumn(
      "fecha_envio", .day, from: "immex.submanufacture.v1: occurredAt",
      es: "Día del envío.", en: "Day on which the goods went."),
    .quantity(
      "cantidad", from: "immex.submanufacture.v1: quantity", es: "Lo que se envió.",
      en: "What was sent."),
    .quantity("devuelto", es: "Lo que volvió de ese envío.", en: "What of it came back."),
    .quantity("pendiente", es: "Lo que no ha vuelto.", en: "What has not come back."),
    .unit,
    ReportColumn(
      "ultima_devolucion", .day, from: "immex.submanufacture.v1: occurredAt",
      es: "Día en que volvió lo último.", en: "Day on which the last of it came back."),
    ReportColumn(
      "dias", .integer, .days, from: ReportColumn.computed,
      es: "Días fuera: hasta hoy, o hasta que volvió lo último.",
      en: "Days away: up to today, or until the last came back."),
    ReportColumn(
      "estado", from: ReportColumn.computed,
      es: "fuera, vencido, devuelto o excedente.",
      en: "fuera (away), vencido (away for too long), devuelto (all came back) or excedente "
        + "(more came back than went)."),
  ]

  static let conservationColumns: [ReportColumn] = [
    .rfc, .companyName, .part, .unit,
    .quantity("entradas", es: "Lo que abrieron los pedimentos.", en: "What pedimentos opened."),
    .quantity("saldo", es: "Lo que queda en las plantas.", en: "What is left at the plants."),
    .quantity(
      "incorporado", es: "Lo que salió incorporado o sin producto.",
      en: "What went out in products or as it was."),
    .quantity("merma", es: "Lo que se perdió sin residuo.", en: "What was lost."),
    .quantity("desperdicio", es: "Lo que quedó como residuo.", en: "What was left as scrap."),
    .quantity(
      "desperdicio_saldo", es: "Desperdicio del que falta disponer.",
      en: "Scrap that is still owed a disposal."),
    .quantity(
      "desperdicio_dispuesto", es: "Desperdicio que ya tuvo destino.",
      en: "Scrap that has been disposed of."),
    .quantity("en_transito", es: "Lo que está entre dos plantas.", en: "What is between plants."),
    .quantity(
      "diferencia", es: "Lo que no se explica; cero en libros sanos.",
      en: "What is not explained; zero in sound books."),
    ReportColumn(
      "estado", from: ReportColumn.computed, es: "ok, en_transito o alarma.",
      en: "ok, en_transito (travels at this moment) or alarma (does not add up)."),
    ReportColumn(
      "documentos", from: ReportColumn.computed,
      es: "De una alarma, los documentos cuyos renglones no coinciden.",
      en: "Of an alarm, the documents whose rows do not agree."),
  ]

  static let moveColumns: [ReportColumn] = [
    .rfc, .companyName,
    ReportColumn(
      "planta_recibe", from: "immex.stock.v1: toPlant",
      es: "Planta a la que va.", en: "Plant that it goes to."),
    .part,
    ReportColumn(
      "documento", from: "immex.stock.v1: document", es: "Documento del traslado.",
      en: "Document of the move."),
    ReportColumn(
      "fecha", .day, from: "immex.stock.v1: occurredAt", es: "Día del traslado.",
      en: "Day of the move."),
    ReportColumn(
      "planta_envia", from: "immex.stock.v1: plant",
      es: "Planta de la que sale.", en: "Plant that it leaves."),
    ReportColumn(
      "aviso", from: "immex.stock.v1: aviso", es: "Folio del aviso.", en: "Folio of the notice."),
    .quantity(
      "enviado", from: "immex.stock.v1: quantity", es: "Lo que dice el documento.",
      en: "What the document says."),
    .quantity(
      "amparado", es: "Lo que cubren pedimentos de entrada.",
      en: "What of it entries cover."),
    .quantity(
      "recibido", from: "immex.stock.v1: quantity",
      es: "Lo que la otra planta recibió.", en: "What the other plant has received."),
    ReportColumn(
      "recibido_sin_convertir", from: "immex.stock.v1: quantity",
      es: "Lo recibido en unidades sin factor en el catálogo, con su unidad.",
      en: "What was received in units without a factor in the catalogue, with its unit."),
    .quantity(
      "diferencia", es: "Recibido menos enviado.", en: "What was received less what was sent."),
    .unit,
    ReportColumn(
      "estado", from: ReportColumn.computed,
      es: "en_transito, recibido, corto, excedente o vencido.",
      en: "en_transito (under way), recibido (received), corto (short), excedente (over) or "
        + "vencido (overdue)."),
    ReportColumn(
      "dias", .integer, .days, from: ReportColumn.computed,
      es: "Días desde el traslado.", en: "Days since the move."),
    ReportColumn(
      "ultima_recepcion", .instant, from: "immex.stock.v1: occurredAt",
      es: "Momento de la última recepción.", en: "When the last of it was received."),
  ]
}
