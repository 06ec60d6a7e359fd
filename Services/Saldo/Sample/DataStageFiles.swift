import Ledger

/// The members of one company's Data Stage, written side by side as files of their own and packed
/// when all is written, because a ZIP takes one member after another.
final class DataStageFiles {
  let catalogue: Catalogue
  let company: Int
  let folio: String
  private let directory: String
  /// Payments in these files.
  private var period: (first: CalendarDate, last: CalendarDate)?
  private var members: [DataStageMember: OutputFile] = [:]
  private(set) var partidas = 0
  var contributions = 0
  /// For what stands in these files only (seconds, blanks, brokers' texts): the run's own draws
  /// must not depend on the route.
  var random: SplitMix

  init(
    _ directory: String, _ catalogue: Catalogue, company: Int, seed: UInt64, number: Int
  ) throws(SampleError) {
    self.directory = directory
    self.catalogue = catalogue
    self.company = company
    random = SplitMix(seed: seed &+ UInt64(number) &* 0x5851_F42D_4C95_7F2D &+ 1)
    folio = String(4_815_162_342 + number)
    for member in DataStageMember.allCases {
      let file = try OutputFile(path: "\(directory)/\(folio)_\(member.rawValue).asc")
      file.text.append(member.header)
      file.text.append("\r\n")
      members[member] = file
    }
  }

  deinit {
    for member in DataStageMember.allCases {
      if let file = members[member] { OutputFile.remove(file.path) }
    }
  }

  /// One row: `fill` writes the fields, each with its pipe.
  func row(_ member: DataStageMember, _ fill: (ByteText) -> Void) throws(SampleError) {
    guard let file = members[member] else { return }
    fill(file.text)
    file.text.append("\r\n")
    try file.settle()
  }

  func countPartida() { partidas += 1 }

  /// Payments come in order.
  func extendPeriod(to day: CalendarDate) { period = (period?.first ?? day, day) }

  /// Packs everything and removes the files packed.
  func pack() throws(SampleError) -> String {
    let rfc = catalogue.taxpayers[company].rfc
    try row(.summary) { text in
      text.append(latin1: folio)
      text.append("|")
      text.append(rfc)
      text.append("|")
      for day in [period?.first, period?.last, period?.last] {
        if let day { text.append(date: day) }
        text.append("|")
      }
      text.append(number: partidas)
      text.append("|")
      text.append(number: contributions)
      text.append("|")
    }
    var packed: [(name: String, file: String)] = []
    for member in DataStageMember.allCases {
      guard let file = members[member] else { continue }
      try file.finish()
      packed.append(("\(folio)/\(folio)_\(member.rawValue).asc", file.path))
    }
    let path = "\(directory)/\(folio)_Solicitudes.zip"
    OutputFile.remove(path)
    try ZipArchive.write(path, members: packed)
    return path
  }
}
