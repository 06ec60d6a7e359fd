/// The files inside the ZIP, by the code in their names. Those that the sample has nothing for
/// hold their header, as real ones do.
enum DataStageMember: String, CaseIterable {
  case general = "501"
  case carriers = "502"
  case waybills = "503"
  case containers = "504"
  case invoices = "505"
  case dates = "506"
  case identifiers = "507"
  case accounts = "508"
  case rates = "509"
  case contributions = "510"
  case remarks = "511"
  case discharges = "512"
  case consignees = "520"
  case partidas = "551"
  case serials = "552"
  case permits = "553"
  case partidaIdentifiers = "554"
  case partidaAccounts = "555"
  case partidaRates = "556"
  case partidaContributions = "557"
  case partidaRemarks = "558"
  case rectifications = "701"
  case differences = "702"
  case selection = "Sel"
  case summary = "Resumen"

  var header: StaticString {
    switch self {
    case .general:
      """
      Patente|Pedimento|SeccionAduanera|TipoOperacion|ClaveDocumento|SeccionAduaneraEntrada|\
      CurpContribuyente|Rfc|CurpAgenteA|TipoCambio|TotalFletes|TotalSeguros|TotalEmbalajes|\
      TotalIncrementables|TotalDeducibles|PesoBrutoMercancia|MedioTransporteSalida|\
      MedioTransporteArribo|MedioTransporteEntrada_Salida|DestinoMercancia|NombreContribuyente|\
      CalleContribuyente|NumInteriorContribuyente|NumExteriorContribuyente|CPContribuyente|\
      MunicipioContribuyente|EntidadFedContribuyente|PaisContribuyente|TipoPedimento|\
      FechaRecepcionPedimento|FechaPagoReal|
      """
    case .carriers:
      """
      Patente|Pedimento|SeccionAduanera|RfcTransportista|CurpTransportista|\
      NombreTransportista|PaisTransporte|IdentificadorTransporte|FechaPagoReal|
      """
    case .waybills: "Patente|Pedimento|SeccionAduanera|NumeroGuia|TipoGuia|FechaPagoReal|"
    case .containers:
      "Patente|Pedimento|SeccionAduanera|NumContenedor|TipoContenedor|FechaPagoReal|"
    case .invoices:
      """
      Patente|Pedimento|SeccionAduanera|FechaFacturacion|NumeroFactura|TerminoFacturacion|\
      MonedaFacturacion|ValorDolares|ValorMonedaExtranjera|PaisFacturacion|\
      EntidadFedFacturacion|IndentFiscalProveedor|ProveedorMercancia|CalleProveedor|\
      NumInteriorProveedor|NumExteriorProveedor|CpProveedor|MunicipioProveedor|FechaPagoReal|
      """
    case .dates:
      "Patente|Pedimento|SeccionAduanera|TipoFecha|FechaOperacion|FechaValidacionPagoR|"
    case .identifiers:
      """
      Patente|Pedimento|SeccionAduanera|ClaveCaso|IdentificadorCaso|TipoPedimento|\
      ComplementoCaso|FechaValidacionPagoR|
      """
    case .accounts: "Patente|Pedimento|SeccionAduanera|InstitucionEmisora|NumeroCuenta|"
    case .rates: "Patente|Pedimento|SeccionAduanera|ClaveContribucion|TasaContribucion|TipoTasa|"
    case .contributions:
      "Patente|Pedimento|SeccionAduanera|ClaveContribucion|FormaPago|ImportePago|FechaPagoReal|"
    case .remarks:
      "Patente|Pedimento|SeccionAduanera|SecuenciaObservacion|Observaciones|FechaPagoReal|"
    case .discharges:
      """
      Patente|Pedimento|SeccionAduanera|PatenteAduanalOrig|PedimentoOriginal|\
      SeccionAduaneraDespOrig|DocumentoOriginal|FechaOperacionOrig|FraccionOriginal|\
      UnidadMedida|MercanciaDescargada|TipoPedimento|
      """
    case .consignees: "Patente|Pedimento|SeccionAduanera|NombreDestinatario|FechaPagoReal|"
    case .partidas:
      """
      Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|SubdivisionFraccion|\
      DescripcionMercancia|PrecioUnitario|ValorAduana|ValorComercial|ValorDolares|\
      CantidadUMComercial|UnidadMedidaComercial|CantidadUMTarifa|UnidadMedidaTarifa|\
      ValorAgregado|ClaveVinculacion|MetodoValorizacion|CodigoMercanciaProducto|\
      MarcaMercanciaProducto|ModeloMercanciaProducto|PaisOrigenDestino|PaisCompradorVendedor|\
      EntidadFedOrigen|EntidadFedDestino|EntidadFedComprador|EntidadFedVendedor|TipoOperacion|\
      ClaveDocumento|FechaPagoReal|
      """
    case .serials:
      """
      Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|VinNumeroSerie|\
      KilometrajeVehiculo|FechaPagoReal|
      """
    case .permits: "Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|ClavePermiso|"
    case .partidaIdentifiers:
      """
      Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|ClaveCaso|\
      IdentificadorCaso|ComplementoCaso|FechaPagoReal|
      """
    case .partidaAccounts:
      "Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|InstitucionEmisora|"
    case .partidaRates:
      "Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|ClaveContribucion|Tasa|"
    case .partidaContributions:
      """
      Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|ClaveContribucion|\
      FormaPago|ImportePago|FechaPagoReal|
      """
    case .partidaRemarks:
      """
      Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|SecuenciaObservacion|\
      Observaciones|FechaPagoReal|
      """
    case .rectifications:
      """
      Patente|Pedimento|SeccionAduanera|ClaveDocumento|FechaPago|PedimentoAnterior|\
      PatenteAnterior|SeccionAduaneraAnterior|DocumentoAnterior|FechaOperacionAnterior|\
      PedimentoOriginal|PatenteAduanalOrig|SeccionAduaneraDespOrig|
      """
    case .differences: "Patente|Pedimento|SeccionAduanera|ClaveContribucion|FormaPago|Importe|"
    case .selection:
      """
      Patente|Pedimento|SeccionAduanera|ConsecutivoRemesa|NumeroSeleccion|FechaSeleccion|\
      HoraSeleccion|SemaforoFiscal|ClaveDocumento|TipoOperacion|
      """
    case .summary:
      """
      Folio|RFCoPatenteAduanal|Fecha_Inicial|Fecha_Final|Fecha_Ejecucion|Total_Fracciones|\
      Total_Contribuciones|
      """
    }
  }
}
