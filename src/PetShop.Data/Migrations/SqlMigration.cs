using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PetShop.Data.Migrations;

/// <summary>A migration of plain SQL, read from the embedded file that has the migration's id as its name.</summary>
internal abstract class SqlMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var id = GetType().GetCustomAttribute<MigrationAttribute>()!.Id;
        using var stream = GetType().Assembly.GetManifestResourceStream($"PetShop.Data.Migrations.{id}.sql")
            ?? throw new InvalidOperationException($"Migration {id} has no file Migrations/{id}.sql.");
        using var reader = new StreamReader(stream);
        migrationBuilder.Sql(reader.ReadToEnd());
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("The shop only migrates forward; restore a backup to go back.");
}

[DbContext(typeof(PetShopDb)), Migration("0001_initial")]
internal sealed class Initial : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0002_tracking")]
internal sealed class Tracking : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0003_shop")]
internal sealed class ShopTables : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0010_recommendations")]
internal sealed class Recommendations : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0020_announcements")]
internal sealed class Announcements : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0021_pages")]
internal sealed class Pages : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0030_tuning")]
internal sealed class TuningTables : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0031_rails")]
internal sealed class Rails : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0032_sessions")]
internal sealed class Sessions : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0040_lifetime")]
internal sealed class Lifetime : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0041_membership")]
internal sealed class Membership : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0042_segment_subjects")]
internal sealed class SegmentSubjects : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0043_lists")]
internal sealed class ShopperLists : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0044_segment_care")]
internal sealed class SegmentCare : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0045_banners")]
internal sealed class BannerVariants : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0046_api")]
internal sealed class ApiTables : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0047_offers")]
internal sealed class PriceOffers : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0048_campaigns")]
internal sealed class Campaigns : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0049_segment_leaves")]
internal sealed class SegmentLeaves : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0050_api_budgets")]
internal sealed class ApiBudgets : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0050_experiments")]
internal sealed class ExperimentNames : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0050_segment_state")]
internal sealed class SegmentState : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0051_what_stays")]
internal sealed class WhatStays : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0052_what_counts")]
internal sealed class WhatCounts : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0055_feature_looks")]
internal sealed class FeatureLooks : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0056_interests")]
internal sealed class Interests : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0057_causes")]
internal sealed class Causes : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0063_payment_releases")]
internal sealed class PaymentReleaseTable : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0064_searched_indexes")]
internal sealed class SearchedIndexes : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0068_places")]
internal sealed class Places : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0068_words")]
internal sealed class SearchedWords : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0069_event_ranges")]
internal sealed class EventRanges : SqlMigration;

[DbContext(typeof(PetShopDb)), Migration("0070_volumes")]
internal sealed class Volumes : SqlMigration;
