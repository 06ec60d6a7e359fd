/// What people send in a file's stead, so that they are told what to send.
enum ForeignFormat {
  /// What a file is that is none of those which are read; nil if its first bytes do not tell.
  static func advice(_ start: some Collection<UInt8>) -> String? {
    let bytes = Array(start.prefix(512))
    for (signature, advice) in signatures where bytes.starts(with: signature) { return advice }
    let text = bytes.drop { Blank.isSpace($0) || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    if text.first == UInt8(ascii: "<") {
      return "it is XML or HTML, which some programs call a spreadsheet: \(saveAs)"
    }
    let line = text.prefix { $0 != Lines.feed && $0 != Lines.carriageReturn }
    let cells = line.split(separator: UInt8(ascii: "|"))
    let names = cells.map { cell in Array(cell).withUnsafeBytes { HeaderName.canonical($0) } }
    if names.contains(Array("pedimento".utf8)), names.contains(Array("patente".utf8)) {
      return "it is one of the files of a Data Stage: give the ZIP as SAT gives it"
    }
    return nil
  }

  /// What a ZIP without a Data Stage is; nil if its members' names do not tell.
  static func advice(members: [[UInt8]]) -> String? {
    if members.contains(where: { $0.starts(with: "xl/".utf8) }) {
      return "it is a workbook of Excel: \(saveAs)"
    }
    if members.contains(where: { $0 == Array("content.xml".utf8) }) {
      return "it is a document of LibreOffice: \(saveAs)"
    }
    let ending = Array(".zip".utf8)
    let isNested = members.contains { name in
      name.suffix(ending.count).map { $0 | 0x20 } == ending.map { $0 | 0x20 }
    }
    return isNested ? "it holds other ZIPs: give those" : nil
  }

  private static let saveAs = "save the sheet as CSV (UTF-8)"

  private static let signatures: [([UInt8], String)] = [
    ([0xD0, 0xCF, 0x11, 0xE0], "it is a workbook of an old Excel: \(saveAs)"),
    (Array("%PDF".utf8), "it is a PDF"),
    ([0x1F, 0x8B], "it is compressed by gzip: unpack it"),
    (Array("Rar!".utf8), "it is a RAR archive: unpack it"),
    (Array("7z".utf8) + [0xBC, 0xAF], "it is a 7z archive: unpack it"),
    ([0x28, 0xB5, 0x2F, 0xFD], "it is compressed by zstd: unpack it"),
    (Array("BZh".utf8), "it is compressed by bzip2: unpack it"),
    ([0xFD] + Array("7zXZ".utf8), "it is compressed by xz: unpack it"),
  ]
}
