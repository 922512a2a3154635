namespace PetShop.Web.Checkout;

/// <summary>Where parcels go.</summary>
public static class Countries
{
    public static IReadOnlyList<(string Code, string Name)> All { get; } =
    [
        ("DE", "Germany"), ("AT", "Austria"), ("BE", "Belgium"), ("DK", "Denmark"), ("FR", "France"), ("IE", "Ireland"), ("LU", "Luxembourg"), ("NL", "Netherlands"), ("PL", "Poland"),
    ];

    // Where else shoppers and visits are from.
    private const string Others = "Albania=AL;Argentina=AR;Australia=AU;Brazil=BR;Bulgaria=BG;Canada=CA;China=CN;Croatia=HR;Cyprus=CY;Czechia=CZ;Egypt=EG;Estonia=EE;Finland=FI;Greece=GR;"
        + "Hungary=HU;Iceland=IS;India=IN;Israel=IL;Italy=IT;Japan=JP;Latvia=LV;Liechtenstein=LI;Lithuania=LT;Malta=MT;Mexico=MX;Morocco=MA;New Zealand=NZ;Norway=NO;Portugal=PT;Romania=RO;"
        + "Serbia=RS;Singapore=SG;Slovakia=SK;Slovenia=SI;South Africa=ZA;South Korea=KR;Spain=ES;Sweden=SE;Switzerland=CH;Turkey=TR;Ukraine=UA;United Kingdom=GB;United States=US";

    /// <summary>What countries are called, by their code: those that parcels go to first.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } =
        All.Concat(Others.Split(';').Select(o => o.Split('=')).Select(o => (Code: o[1], Name: o[0]))).ToDictionary(c => c.Code, c => c.Name, StringComparer.Ordinal);

    public static string Name(string code) => All.FirstOrDefault(c => c.Code == code).Name ?? code;
}
