namespace PetShop.Web.Privacy;

/// <summary>The person that an export or an erasure is about: an account with its browsers, or a browser alone.</summary>
/// <param name="Visitors">Ids of the browsers; never empty together with a null account.</param>
public sealed record DataSubject(Guid? ShopperId, IReadOnlyList<Guid> Visitors);

/// <summary>One row of an export: column names and values.</summary>
public sealed class PersonalDataRow : Dictionary<string, object?>;

/// <summary>A place that holds personal data outside the tables of <see cref="PersonalData"/>, such as computed segments or a folder of mails.</summary>
/// <param name="Name">Of its section in the export.</param>
/// <param name="ReadAsync">Its rows about a person.</param>
/// <param name="EraseAsync">Removes them before the tables are erased; null where nothing is stored.</param>
public sealed record PersonalDataSource(
    string Name,
    Func<IServiceProvider, DataSubject, CancellationToken, Task<IReadOnlyList<PersonalDataRow>>> ReadAsync,
    Func<IServiceProvider, DataSubject, CancellationToken, Task>? EraseAsync = null);
