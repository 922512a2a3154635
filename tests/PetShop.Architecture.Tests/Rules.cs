namespace PetShop.Architecture.Tests;

/// <summary>The table of rules.</summary>
public static class Rules
{
    private const string Pure = "^src/PetShop\\.(Recommender|Targeting|Demo)/.*\\.cs$";
    private const string PageModels = "^src/PetShop\\.Web/(Pages|Areas)/.*\\.cs$";
    private const string AnyCode = "^(src|tests)/.*\\.cs$";

    public static readonly IReadOnlyList<Rule> All =
    [
        new("The pure projects reference no project",
            "^src/PetShop\\.(Recommender|Targeting|Demo)/.*csproj$", "<ProjectReference",
            "src/PetShop.Targeting/PetShop.Targeting.csproj", "<ProjectReference Include=\"../PetShop.Data/PetShop.Data.csproj\" />"),
        new("The recommender needs System.Numerics.Tensors at most, targeting and demo need no package",
            "^src/PetShop\\.(Recommender|Targeting|Demo)/.*csproj$", "<(PackageReference Include=\"(?!System\\.Numerics\\.Tensors)|FrameworkReference)",
            "src/PetShop.Recommender/PetShop.Recommender.csproj", "<PackageReference Include=\"Npgsql\" />"),
        new("The pure projects do no input or output",
            Pure, "\\b(System\\.IO\\.(?!Hashing|InvalidDataException)|File\\.|Directory\\.|FileStream|HttpClient|Console\\.|Process\\.Start|Environment\\.GetEnvironmentVariable)",
            "src/PetShop.Recommender/Training/Als.cs", "File.WriteAllBytes(path, model);"),
        new("The pure projects read no clock",
            Pure, "\\b(TimeProvider\\.System|Stopwatch|Environment\\.TickCount|DateTime(Offset)?\\.(Utc)?Now|DateTime\\.Today)",
            "src/PetShop.Targeting/Segments/Window.cs", "var asOf = TimeProvider.System.GetUtcNow();"),
        new("The pure projects use no unseeded chance",
            Pure, "new Random\\(\\)|Random\\.Shared|Guid\\.(NewGuid|CreateVersion7)\\(\\)|RandomNumberGenerator",
            "src/PetShop.Demo/Simulation/Simulator.cs", "var dice = new Random();"),
        new("Data references no project and only Npgsql's and Identity's EF packages",
            "^src/PetShop\\.Data/.*csproj$", "<ProjectReference|<PackageReference Include=\"(?!Npgsql\\.EntityFrameworkCore\\.PostgreSQL|Microsoft\\.EntityFrameworkCore\\.Relational|Microsoft\\.AspNetCore\\.Identity\\.EntityFrameworkCore)",
            "src/PetShop.Data/PetShop.Data.csproj", "<PackageReference Include=\"CsvHelper\" />"),
        new("LocalPostgres references no project",
            "^src/PetShop\\.LocalPostgres/.*csproj$", "<ProjectReference",
            "src/PetShop.LocalPostgres/PetShop.LocalPostgres.csproj", "<ProjectReference Include=\"../PetShop.Data/PetShop.Data.csproj\" />"),
        new("The ML.NET trainer references the recommender alone",
            "^src/PetShop\\.Recommender\\.MlNet/.*csproj$", "<ProjectReference Include=\"(?!\\.\\./PetShop\\.Recommender/)",
            "src/PetShop.Recommender.MlNet/PetShop.Recommender.MlNet.csproj", "<ProjectReference Include=\"../PetShop.Web/PetShop.Web.csproj\" />"),
        new("Nothing in src references the web program",
            "^src/.*csproj$", "<ProjectReference Include=\".*PetShop\\.Web\\.csproj",
            "src/PetShop.Data/PetShop.Data.csproj", "<ProjectReference Include=\"../PetShop.Web/PetShop.Web.csproj\" />"),
        new("Capability folders never name pages or areas",
            "^src/PetShop\\.Web/(?!Pages/|Areas/)[A-Za-z]+/.*\\.cs$", "\\bPetShop\\.Web\\.(Pages|Areas)\\b",
            "src/PetShop.Web/Tracking/EventWriter.cs", "using PetShop.Web.Pages.Catalog;"),
        new("Pages never name the admin area",
            "^src/PetShop\\.Web/Pages/.*\\.(cs|cshtml)$", "\\bPetShop\\.Web\\.Areas\\b",
            "src/PetShop.Web/Pages/Index.cshtml.cs", "using PetShop.Web.Areas.Admin.Pages;"),
        new("Tracking names neither targeting nor recommendations",
            "^src/PetShop\\.Web/Tracking/.*\\.cs$", "\\bPetShop\\.Web\\.(Targeting|Recommendations)\\b",
            "src/PetShop.Web/Tracking/LiveHistories.cs", "using PetShop.Web.Recommendations;"),
        new("Targeting never names recommendations",
            "^src/PetShop\\.Web/Targeting/.*\\.cs$", "\\bPetShop\\.Web\\.Recommendations\\b",
            "src/PetShop.Web/Targeting/VisitorProfiles.cs", "using PetShop.Web.Recommendations;"),
        new("Time comes from TimeProvider",
            AnyCode, "\\bDateTime(Offset)?\\.(Utc)?Now\\b|\\bDateTime\\.Today\\b",
            "src/PetShop.Web/Orders/Order.cs", "order.PlacedAt = DateTimeOffset.UtcNow;")
            { Except = "^tests/PetShop\\.Architecture\\.Tests/" },
        new("Only seeding and commands name the demo",
            "^src/PetShop\\.Web/.*\\.(cs|cshtml)$", "\\bPetShop\\.Demo\\b",
            "src/PetShop.Web/Recommendations/RailBatch.cs", "using PetShop.Demo.Simulation;")
            { Except = "^src/PetShop\\.Web/(Seeding|Commands)/" },
        // Rules become closures over their parts, which costs nothing: the three that make them are no compilers of expressions.
        new("No expression is compiled while the shop serves",
            "^src/PetShop\\.(Web|Targeting|Data|Recommender)/.*\\.cs$", "(?<!\\b(RuleCompiler|TraitTests|EventTests))\\.Compile\\w*\\(",
            "src/PetShop.Recommender/Ranking/Blend.cs", "return expression.Compile(preferInterpretation: true);"),
        new("A GET handler saves nothing",
            PageModels, "SaveChanges|ExecuteUpdate|ExecuteDelete|ExecuteNonQuery|ExecuteSql|BeginTransaction|AuditEntries\\.Add",
            "src/PetShop.Web/Pages/Index.cshtml.cs", "    public async Task OnGetAsync() => await LoadAsync();\n\n    private async Task LoadAsync()\n    {\n        await db.SaveChangesAsync();\n    }\n")
            { Within = GetHandlers.In },
        // These show what somebody did or who somebody is, and that they were opened is the one thing they write: see "Add a page" in the README.
        new("A GET handler writes to the audit log only where persons are looked at",
            PageModels, "\\baudit\\.WriteAsync",
            "src/PetShop.Web/Areas/Admin/Pages/Orders/Detail.cshtml.cs", "    public Task OnGetAsync(long id) => audit.WriteAsync(HttpContext, \"order opened\", \"\", default);\n")
            { Within = GetHandlers.In, Except = "^src/PetShop\\.Web/Areas/Admin/Pages/(Mails/Index|Shoppers/Detail|Preview/Index|Segments/(Why|Export|List))\\.cshtml\\.cs$" },
        new("No regions",
            AnyCode, "^\\s*#region", "src/PetShop.Web/Cart/Carts.cs", "    #region Lines"),
        new("No tracked text names a package registry's host or a path of one machine",
            ".", "registry\\.npmjs|api\\.nuget\\.org|(?<![\\w.])/work/|/root/\\.",
            "README.md", "npm ci --registry https://registry.npmjs.org")
            { Except = "^tests/PetShop\\.Architecture\\.Tests/" },
    ];
}
