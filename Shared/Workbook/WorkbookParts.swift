/// What of a workbook is the same whatever stands in it.
enum WorkbookParts {
  /// How a cell is shown: the places of `cellXfs` in ``styles``.
  enum Style {
    static let header: UInt8 = UInt8(ascii: "1")
    static let day: UInt8 = UInt8(ascii: "2")
    static let text: UInt8 = UInt8(ascii: "3")
  }

  private static let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let packages = "http://schemas.openxmlformats.org/package/2006"
  private static let documents =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let types =
    "application/vnd.openxmlformats-officedocument.spreadsheetml"

  /// Sheets are what is of no other type: how many there will be is not known at the beginning.
  static let contentTypes =
    head + #"<Types xmlns="\#(packages)/content-types">"#
    + #"<Default Extension="rels" "#
    + #"ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#
    + #"<Default Extension="xml" ContentType="\#(types).worksheet+xml"/>"#
    + #"<Override PartName="/xl/workbook.xml" ContentType="\#(types).sheet.main+xml"/>"#
    + #"<Override PartName="/xl/styles.xml" ContentType="\#(types).styles+xml"/></Types>"#

  static let relationships =
    head + #"<Relationships xmlns="\#(packages)/relationships">"#
    + #"<Relationship Id="rId1" Type="\#(documents)/officeDocument" Target="xl/workbook.xml"/>"#
    + "</Relationships>"

  static let styles =
    head + #"<styleSheet xmlns="\#(main)">"#
    + #"<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>"#
    + #"<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>"#
    + #"<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>"#
    + #"<fills count="2"><fill><patternFill patternType="none"/></fill>"#
    + #"<fill><patternFill patternType="gray125"/></fill></fills>"#
    + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    + #"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>"#
    + #"</cellStyleXfs><cellXfs count="4">"#
    + #"<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#
    + #"<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" "#
    + #"applyFont="1"/>"#
    + #"<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#
    + #"<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#
    + #"</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>"#
    + "</cellStyles></styleSheet>"

  /// The beginning of a sheet: its first row stays where it is, and on paper it is as wide as a
  /// page.
  static func sheetHead(_ columns: [WorkbookColumn], isFirst: Bool) -> String {
    let widths = columns.enumerated().map { index, column in
      #"<col min="\#(index + 1)" max="\#(index + 1)" width="\#(column.width)" customWidth="1"/>"#
    }
    return head + #"<worksheet xmlns="\#(main)"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>"#
      + "<sheetViews><sheetView"
      + (isFirst ? #" tabSelected="1""# : "") + #" workbookViewId="0">"#
      + #"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#
      + #"<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>"#
      + #"<sheetFormatPr defaultRowHeight="15"/><cols>\#(widths.joined())</cols><sheetData>"#
  }

  /// The end of a sheet. Numbers that are text on purpose are not marked as mistakes.
  static func sheetTail(_ columns: Int, rows: Int) -> String {
    let last = String(decoding: WorkbookColumn.letters(max(0, columns - 1)), as: UTF8.self)
    return #"</sheetData><pageSetup orientation="landscape" fitToHeight="0"/><ignoredErrors>"#
      + #"<ignoredError sqref="A1:\#(last)\#(max(1, rows))" numberStoredAsText="1"/>"#
      + "</ignoredErrors></worksheet>"
  }

  /// The list of sheets, whose names need no escapes. On paper every page has the first row.
  static func workbook(_ sheets: [String]) -> String {
    let list = sheets.enumerated().map { index, name in
      #"<sheet name="\#(name)" sheetId="\#(index + 1)" r:id="rId\#(index + 1)"/>"#
    }
    let titles = sheets.enumerated().map { index, name in
      #"<definedName name="_xlnm.Print_Titles" localSheetId="\#(index)">"#
        + "'\(name)'!$1:$1</definedName>"
    }
    return head + #"<workbook xmlns="\#(main)" xmlns:r="\#(documents)"><bookViews>"#
      + "<workbookView/></bookViews><sheets>\(list.joined())</sheets>"
      + "<definedNames>\(titles.joined())</definedNames></workbook>"
  }

  /// Where the sheets lie.
  static func workbookRelationships(_ sheets: Int) -> String {
    let list = (1...max(1, sheets)).map { number in
      #"<Relationship Id="rId\#(number)" Type="\#(documents)/worksheet" "#
        + #"Target="worksheets/sheet\#(number).xml"/>"#
    }
    return head + #"<Relationships xmlns="\#(packages)/relationships">"# + list.joined()
      + #"<Relationship Id="rId\#(sheets + 1)" Type="\#(documents)/styles" Target="styles.xml"/>"#
      + "</Relationships>"
  }
}
