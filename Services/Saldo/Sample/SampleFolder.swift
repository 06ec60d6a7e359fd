import Ledger

/// A run as the files that a company has: customs' own record, the link to part numbers, and what
/// its systems sent.
final class SampleFolder: SampleSink {
  let takesPedimentoEvents = false
  private let directory: String
  private let catalogueFile: OutputFile
  private let movements: OutputFile
  private let partes: OutputFile
  private var dataStage: [DataStageFiles] = []
  private var catalogue: Catalogue?
  private var plan: SamplePlan?
  /// ZIPs packed, and ZIPs begun: the folio counts those.
  private var archives: [String] = []
  private var begun = 0

  init(_ directory: String) throws(SampleError) {
    self.directory = directory
    try OutputFile.makeFolder(directory)
    catalogueFile = try OutputFile(path: directory + "/catalogo.ndjson")
    movements = try OutputFile(path: directory + "/movimientos.ndjson")
    partes = try OutputFile(path: directory + "/partes.csv")
  }

  func open(_ plan: SamplePlan, _ catalogue: Catalogue) throws(SampleError) {
    self.catalogue = catalogue
    self.plan = plan
    partes.text.append(
      """
      rfc,pedimento,secuencia,planta,numero_parte,cantidad,umc,valor_mxn,pedimento_original,\
      secuencia_original

      """)
    for company in 0..<plan.companies {
      dataStage.append(try begin(company, plan, catalogue))
    }
  }

  private func begin(
    _ company: Int, _ plan: SamplePlan, _ catalogue: Catalogue
  ) throws(SampleError) -> DataStageFiles {
    defer { begun += 1 }
    return try DataStageFiles(
      directory, catalogue, company: company, seed: plan.seed, number: begun)
  }

  /// Adds to a company's record, in another ZIP when this one has its fill.
  private func record(_ document: SampleDocument, type: Int) throws(SampleError) {
    guard let catalogue, let plan else { return }
    let company = catalogue.plants[document.plant].company
    if dataStage[company].partidas >= plan.partidasPerArchive {
      archives.append(try dataStage[company].pack())
      dataStage[company] = try begin(company, plan, catalogue)
    }
    try dataStage[company].add(document, type: type)
  }

  func event(_ kind: EventKind, _ bytes: UnsafeRawBufferPointer) throws {
    let file =
      switch kind {
      case .company, .plant, .part, .bom, .submanufacturer: catalogueFile
      case .stock, .destruction, .destructionNotice, .pedimento, .submanufacture: movements
      }
    file.text.append(bytes)
    file.text.append(byte: UInt8(ascii: "\n"))
    try file.settle()
  }

  func document(_ document: SampleDocument) throws {
    guard let catalogue else { return }
    let plant = catalogue.plants[document.plant]
    try record(document, type: document.rectifies == nil ? 1 : 2)
    let text = partes.text
    for line in document.lines {
      text.append(catalogue.taxpayers[plant.company].rfc)
      text.append(",")
      text.append(number: Int(document.number.value), width: 15)
      text.append(",")
      text.append(number: line.number)
      text.append(",")
      text.append(plant.code)
      text.append(",")
      text.append(catalogue.parts[line.part].code)
      text.append(",")
      text.append(decimal: line.quantity, scale: 3)
      text.append(",")
      text.append(number: line.uom)
      text.append(",")
      text.append(number: Int(line.pesos))
      text.append(",")
      if let entry = line.discharges {
        text.append(number: Int(entry.pedimento.value), width: 15)
        text.append(",")
        text.append(number: entry.line)
      } else {
        text.append(",")
      }
      text.append("\n")
    }
    try partes.settle()
  }

  func unbooked(_ document: SampleDocument, type: Int) throws {
    try record(document, type: type)
  }

  /// Closes the files and packs the ZIPs; returns the paths in a good order for loading.
  func finish() throws(SampleError) -> [String] {
    try catalogueFile.finish()
    try movements.finish()
    try partes.finish()
    for files in dataStage { archives.append(try files.pack()) }
    return [catalogueFile.path] + archives + [partes.path, movements.path]
  }
}
