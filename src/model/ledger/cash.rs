//! THE LIST OF CASH ITEMS: what costs and returns are booked under.

#![allow(clippy::doc_markdown, reason = "definitions are texts for users, and documentation too")]

macro_rules! cash_items {
    ($($item:ident $name:literal $account:ident $meaning_en:literal / $meaning_ko:literal;)*) => {
        /// An item of cost or return.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum CashItem {
            $(#[doc = $meaning_en] $item,)*
        }

        impl CashItem {
            /// Every item.
            pub const ALL: &[Self] = &[$(Self::$item,)*];

            /// The word used in files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$item => $name,)* }
            }

            /// To which side of the accounts it belongs.
            #[must_use]
            pub const fn account(self) -> CashAccount {
                match self { $(Self::$item => CashAccount::$account,)* }
            }

            /// What it is, in English.
            #[must_use]
            pub const fn meaning_en(self) -> &'static str {
                match self { $(Self::$item => $meaning_en,)* }
            }

            /// What it is, in Korean.
            #[must_use]
            pub const fn meaning_ko(self) -> &'static str {
                match self { $(Self::$item => $meaning_ko,)* }
            }
        }
    };
}

/// The side of the accounts on which an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CashAccount {
    /// A cost that uses up resources: it counts in the fiscal and the economic account.
    Resource,
    /// A payment that only changes hands: it counts in the fiscal account alone.
    Transfer,
    /// A return to the budget, the difference of totals between policy and baseline or a receipt:
    /// it counts in the fiscal account alone.
    Revenue,
    /// Value that stays: it counts in both accounts.
    Residual,
    /// Value produced: it counts in the economic account alone.
    Output,
}

impl CashAccount {
    /// In which accounts it counts and which sign it has in `cost_benefit.csv`, in English.
    #[must_use]
    pub const fn rule_en(self) -> &'static str {
        match self {
            Self::Resource => {
                "policy less baseline, discounted, more cost positive; in the fiscal account (if a public payer's) and the economic one"
            }
            Self::Transfer => {
                "policy less baseline, discounted, more cost positive; in the fiscal account, a transfer in the economic one"
            }
            Self::Revenue => {
                "policy less baseline, discounted, more return negative; in the fiscal account, a transfer in the economic one"
            }
            Self::Residual => {
                "policy less baseline, discounted, more return negative; in the fiscal account (if a public payer's) and the economic one"
            }
            Self::Output => {
                "policy less baseline, discounted, more benefit negative; in the economic account alone"
            }
        }
    }

    /// The same in Korean.
    #[must_use]
    pub const fn rule_ko(self) -> &'static str {
        match self {
            Self::Resource => {
                "기준 정책 대비 차이, 할인됨, 비용 증가가 양수; 재정(공공 부담분)과 경제 계정"
            }
            Self::Transfer => {
                "기준 정책 대비 차이, 할인됨, 비용 증가가 양수; 재정 계정, 경제 계정에서는 이전지출"
            }
            Self::Revenue => {
                "기준 정책 대비 차이, 할인됨, 수입 증가가 음수; 재정 계정, 경제 계정에서는 이전지출"
            }
            Self::Residual => {
                "기준 정책 대비 차이, 할인됨, 수입 증가가 음수; 재정(공공 귀속분)과 경제 계정"
            }
            Self::Output => "기준 정책 대비 차이, 할인됨, 편익 증가가 음수; 경제 계정에만 해당",
        }
    }

    /// Whether what stands here is a cost to whoever pays it.
    #[must_use]
    pub const fn is_cost(self) -> bool {
        matches!(self, Self::Resource | Self::Transfer)
    }
}

cash_items! {
    Construction "construction" Resource "Construction of public buildings" / "공공 건축물 건설비";
    Land "land" Resource "Opportunity cost of land" / "토지의 기회비용";
    Operation "operation" Resource "Running public facilities" / "공공시설 운영비";
    Services "services" Resource "Services to tenants" / "입주 기업 서비스 비용";
    Support "support" Resource "Firms' use of testbeds, data, joint projects and prototypes" / "테스트베드·데이터·공동연구·시제품 지원";
    Administration "administration" Resource "Running designations and funds" / "지정·기금 운영비";
    Tuition "tuition" Resource "Teaching" / "교육비";
    RentSubsidy "rent_subsidy" Transfer "Rent below the market in leased facilities" / "임차 시설의 임대료 보조";
    RentVouchers "rent_vouchers" Transfer "Rent vouchers" / "임대료 바우처";
    WageSubsidy "wage_subsidy" Transfer "Wage subsidies" / "임금 보조금";
    Grants "grants" Transfer "Research grants" / "연구개발 지원금";
    LoanInterest "loan_interest" Transfer "Interest on soft loans" / "융자 이자 보전";
    TaxGivenUp "tax_given_up" Transfer "Acquisition and property tax given up" / "감면된 취득세·재산세";
    FundPayments "fund_payments" Transfer "Payments of the matching fund into rounds: a transfer, so that in the economic account the benefit of the jobs they pay for stands against administration alone" / "매칭펀드 투자금(이전지출이므로 경제 계정에서 그 일자리의 편익은 운영비와만 대비됨)";
    FundProceeds "fund_proceeds" Revenue "Proceeds of the fund at listings and acquisitions" / "상장·인수 시 기금 회수금";
    Rents "rents" Revenue "Rents paid to the payer by tenants and homes" / "입주 기업과 주택의 임대료 수입";
    IncomeTax "income_tax" Revenue "Income tax" / "소득세";
    LocalIncomeTax "local_income_tax" Revenue "Local income tax" / "지방소득세";
    CorporateTax "corporate_tax" Revenue "Corporate tax" / "법인세";
    AcquisitionTax "acquisition_tax" Revenue "Acquisition tax on new floor space, before relief" / "신축 연면적 취득세(감면 전)";
    PropertyTax "property_tax" Revenue "Property tax on new floor space, before relief" / "신축 연면적 재산세(감면 전)";
    ResidualValue "residual_value" Residual "Value of public buildings and land at the horizon" / "기간 말 공공 건축물과 토지의 잔존 가치";
    ValueAdded "value_added" Output "Value added of the sector's jobs: jobs × value_added_per_job × (1 − opportunity_share)" / "해당 산업 일자리의 부가가치: 일자리 × value_added_per_job × (1 − opportunity_share)";
}
